/**
 * Emoji by the names that Slack gives them (its short names, from the public emoji-datasource set), in the order in
 * which pickers show them: `name|alias character`, with a comma between.
 * @type {ReadonlyArray<readonly [category: string, entries: string]>}
 */
export const EMOJI_TABLE = [
  ["Smileys", `
grinning 😀, smiley 😃, smile 😄, grin 😁, laughing|satisfied 😆, sweat_smile 😅, rolling_on_the_floor_laughing 🤣, joy
😂, slightly_smiling_face 🙂, upside_down_face 🙃, wink 😉, blush 😊, innocent 😇, smiling_face_with_3_hearts 🥰,
heart_eyes 😍, star-struck|grinning_face_with_star_eyes 🤩, kissing_heart 😘, kissing 😗, relaxed ☺️,
kissing_closed_eyes 😚, kissing_smiling_eyes 😙, smiling_face_with_tear 🥲, yum 😋, stuck_out_tongue 😛,
stuck_out_tongue_winking_eye 😜, zany_face 🤪, stuck_out_tongue_closed_eyes 😝, money_mouth_face 🤑, hugging_face 🤗,
face_with_hand_over_mouth 🤭, shushing_face 🤫, thinking_face 🤔, zipper_mouth_face 🤐,
face_with_raised_eyebrow|face_with_one_eyebrow_raised 🤨, neutral_face 😐, expressionless 😑, no_mouth 😶, smirk 😏,
unamused 😒, face_with_rolling_eyes 🙄, grimacing 😬, lying_face 🤥, relieved 😌, pensive 😔, sleepy 😪, drooling_face
🤤, sleeping 😴, mask 😷, face_with_thermometer 🤒, face_with_head_bandage 🤕, nauseated_face 🤢,
face_vomiting|face_with_open_mouth_vomiting 🤮, sneezing_face 🤧, hot_face 🥵, cold_face 🥶, woozy_face 🥴,
dizzy_face 😵, exploding_head|shocked_face_with_exploding_head 🤯, face_with_cowboy_hat 🤠, partying_face 🥳,
disguised_face 🥸, sunglasses 😎, nerd_face 🤓, face_with_monocle 🧐, confused 😕, worried 😟, slightly_frowning_face
🙁, white_frowning_face ☹️, open_mouth 😮, hushed 😯, astonished 😲, flushed 😳, pleading_face 🥺, frowning 😦,
anguished 😧, fearful 😨, cold_sweat 😰, disappointed_relieved 😥, cry 😢, sob 😭, scream 😱, confounded 😖, persevere
😣, disappointed 😞, sweat 😓, weary 😩, tired_face 😫, yawning_face 🥱, triumph 😤, rage 😡, angry 😠,
face_with_symbols_on_mouth 🤬, smiling_imp 😈, imp 👿, skull 💀, skull_and_crossbones ☠️, hankey|poop|shit 💩,
clown_face 🤡, japanese_ogre 👹, japanese_goblin 👺, ghost 👻, alien 👽, space_invader 👾, robot_face 🤖, smiley_cat 😺,
smile_cat 😸, joy_cat 😹, heart_eyes_cat 😻, smirk_cat 😼, kissing_cat 😽, scream_cat 🙀, crying_cat_face 😿,
pouting_cat 😾, see_no_evil 🙈, hear_no_evil 🙉, speak_no_evil 🙊, love_letter 💌, cupid 💘, gift_heart 💝,
sparkling_heart 💖, heartpulse 💗, heartbeat 💓, revolving_hearts 💞, two_hearts 💕, heart_decoration 💟,  ❣️,
broken_heart 💔, heart ❤️, orange_heart 🧡, yellow_heart 💛, green_heart 💚, blue_heart 💙, purple_heart 💜,
brown_heart 🤎, black_heart 🖤, white_heart 🤍, kiss 💋, 100 💯, anger 💢, boom|collision 💥, dizzy 💫, sweat_drops 💦,
dash 💨, hole 🕳️, speech_balloon 💬, left_speech_bubble 🗨️, right_anger_bubble 🗯️, thought_balloon 💭, zzz 💤`],
  ["People", `
wave 👋, raised_back_of_hand 🤚, raised_hand_with_fingers_splayed 🖐️, hand|raised_hand ✋, spock-hand 🖖, ok_hand 👌,
pinched_fingers 🤌, pinching_hand 🤏, v ✌️, crossed_fingers 🤞, i_love_you_hand_sign 🤟, the_horns|sign_of_the_horns
🤘, call_me_hand 🤙, point_left 👈, point_right 👉, point_up_2 👆, middle_finger 🖕, point_down 👇, point_up ☝️,
+1|thumbsup 👍, -1|thumbsdown 👎, fist ✊, facepunch|punch 👊, left-facing_fist 🤛, right-facing_fist 🤜, clap 👏,
raised_hands 🙌, open_hands 👐, palms_up_together 🤲, handshake 🤝, pray 🙏, writing_hand ✍️, nail_care 💅, muscle 💪,
mechanical_arm 🦾, mechanical_leg 🦿, leg 🦵, foot 🦶, ear 👂, ear_with_hearing_aid 🦻, nose 👃, brain 🧠,
anatomical_heart 🫀, lungs 🫁, tooth 🦷, bone 🦴, eyes 👀, eye 👁️, tongue 👅, lips 👄, baby 👶, child 🧒, boy 👦, girl 👧,
adult 🧑, person_with_blond_hair 👱, man 👨, woman 👩, older_adult 🧓, older_man 👴, older_woman 👵, person_frowning 🙍,
person_with_pouting_face 🙎, no_good 🙅, ok_woman 🙆, information_desk_person 💁, raising_hand 🙋, bow 🙇, face_palm
🤦, shrug 🤷, cop 👮, sleuth_or_spy 🕵️, guardsman 💂, ninja 🥷, construction_worker 👷, princess 👸, man_with_turban 👳,
man_with_gua_pi_mao 👲, bride_with_veil 👰, angel 👼, santa 🎅, mrs_claus|mother_christmas 🤶, massage 💆, haircut 💇,
walking 🚶, runner|running 🏃, dancer 💃, man_in_business_suit_levitating 🕴️, dancers 👯, fencer 🤺, horse_racing 🏇,
skier ⛷️, snowboarder 🏂, golfer 🏌️, surfer 🏄, rowboat 🚣, swimmer 🏊, person_with_ball ⛹️, weight_lifter 🏋️,
bicyclist 🚴, mountain_bicyclist 🚵, wrestlers 🤼, water_polo 🤽, handball 🤾, juggling 🤹, bath 🛀,
sleeping_accommodation 🛌, two_women_holding_hands|women_holding_hands 👭,
man_and_woman_holding_hands|woman_and_man_holding_hands|couple 👫, two_men_holding_hands|men_holding_hands 👬,
couplekiss 💏, couple_with_heart 💑, speaking_head_in_silhouette 🗣️, bust_in_silhouette 👤, busts_in_silhouette 👥,
people_hugging 🫂, family 👪, footprints 👣`],
  ["Nature", `
monkey_face 🐵, monkey 🐒, dog 🐶, dog2 🐕, poodle 🐩, wolf 🐺, cat 🐱, cat2 🐈, lion_face 🦁, tiger 🐯, tiger2 🐅, leopard
🐆, horse 🐴, racehorse 🐎, unicorn_face 🦄, cow 🐮, ox 🐂, water_buffalo 🐃, cow2 🐄, pig 🐷, pig2 🐖, boar 🐗, pig_nose
🐽, ram 🐏, sheep 🐑, goat 🐐, dromedary_camel 🐪, camel 🐫, elephant 🐘, mouse 🐭, mouse2 🐁, rat 🐀, hamster 🐹, rabbit
🐰, rabbit2 🐇, chipmunk 🐿️, bear 🐻, koala 🐨, panda_face 🐼, feet|paw_prints 🐾, turkey 🦃, chicken 🐔, rooster 🐓,
hatching_chick 🐣, baby_chick 🐤, hatched_chick 🐥, bird 🐦, penguin 🐧, dove_of_peace 🕊️, frog 🐸, crocodile 🐊,
turtle 🐢, snake 🐍, dragon_face 🐲, dragon 🐉, whale 🐳, whale2 🐋, dolphin|flipper 🐬, fish 🐟, tropical_fish 🐠,
blowfish 🐡, octopus 🐙, shell 🐚, snail 🐌, bug 🐛, ant 🐜, bee|honeybee 🐝, ladybug|lady_beetle 🐞, spider 🕷️,
spider_web 🕸️, scorpion 🦂, bouquet 💐, cherry_blossom 🌸, white_flower 💮, rosette 🏵️, rose 🌹, hibiscus 🌺,
sunflower 🌻, blossom 🌼, tulip 🌷, seedling 🌱, evergreen_tree 🌲, deciduous_tree 🌳, palm_tree 🌴, cactus 🌵,
ear_of_rice 🌾, herb 🌿, shamrock ☘️, four_leaf_clover 🍀, maple_leaf 🍁, fallen_leaf 🍂, leaves 🍃, mushroom 🍄`],
  ["Food", `
grapes 🍇, melon 🍈, watermelon 🍉, tangerine 🍊, lemon 🍋, banana 🍌, pineapple 🍍, apple 🍎, green_apple 🍏, pear 🍐,
peach 🍑, cherries 🍒, strawberry 🍓, tomato 🍅, eggplant 🍆, corn 🌽, hot_pepper 🌶️, chestnut 🌰, bread 🍞,
cheese_wedge 🧀, meat_on_bone 🍖, poultry_leg 🍗, hamburger 🍔, fries 🍟, pizza 🍕, hotdog 🌭, taco 🌮, burrito 🌯,
fried_egg|cooking 🍳, stew 🍲, popcorn 🍿, bento 🍱, rice_cracker 🍘, rice_ball 🍙, rice 🍚, curry 🍛, ramen 🍜,
spaghetti 🍝, sweet_potato 🍠, oden 🍢, sushi 🍣, fried_shrimp 🍤, fish_cake 🍥, dango 🍡, crab 🦀, icecream 🍦,
shaved_ice 🍧, ice_cream 🍨, doughnut 🍩, cookie 🍪, birthday 🎂, cake 🍰, chocolate_bar 🍫, candy 🍬, lollipop 🍭,
custard 🍮, honey_pot 🍯, baby_bottle 🍼, coffee ☕, tea 🍵, sake 🍶, champagne 🍾, wine_glass 🍷, cocktail 🍸,
tropical_drink 🍹, beer 🍺, beers 🍻, knife_fork_plate 🍽️, fork_and_knife 🍴, hocho|knife 🔪, amphora 🏺`],
  ["Activities", `
jack_o_lantern 🎃, christmas_tree 🎄, fireworks 🎆, sparkler 🎇, sparkles ✨, balloon 🎈, tada 🎉, confetti_ball 🎊,
tanabata_tree 🎋, bamboo 🎍, dolls 🎎, flags 🎏, wind_chime 🎐, rice_scene 🎑, ribbon 🎀, gift 🎁, reminder_ribbon 🎗️,
admission_tickets 🎟️, ticket 🎫, medal 🎖️, trophy 🏆, sports_medal 🏅, soccer ⚽, baseball ⚾, basketball 🏀,
volleyball 🏐, football 🏈, rugby_football 🏉, tennis 🎾, bowling 🎳, cricket_bat_and_ball 🏏,
field_hockey_stick_and_ball 🏑, ice_hockey_stick_and_puck 🏒, table_tennis_paddle_and_ball 🏓,
badminton_racquet_and_shuttlecock 🏸, golf ⛳, ice_skate ⛸️, fishing_pole_and_fish 🎣, running_shirt_with_sash 🎽,
ski 🎿, dart 🎯, gun 🔫, 8ball 🎱, crystal_ball 🔮, video_game 🎮, joystick 🕹️, slot_machine 🎰, game_die 🎲, spades ♠️,
hearts ♥️, diamonds ♦️, clubs ♣️, black_joker 🃏, mahjong 🀄, flower_playing_cards 🎴, performing_arts 🎭,
frame_with_picture 🖼️, art 🎨`],
  ["Travel", `
earth_africa 🌍, earth_americas 🌎, earth_asia 🌏, globe_with_meridians 🌐, world_map 🗺️, japan 🗾,
snow_capped_mountain 🏔️, mountain ⛰️, volcano 🌋, mount_fuji 🗻, camping 🏕️, beach_with_umbrella 🏖️, desert 🏜️,
desert_island 🏝️, national_park 🏞️, stadium 🏟️, classical_building 🏛️, building_construction 🏗️, house_buildings
🏘️, derelict_house_building 🏚️, house 🏠, house_with_garden 🏡, office 🏢, post_office 🏣, european_post_office 🏤,
hospital 🏥, bank 🏦, hotel 🏨, love_hotel 🏩, convenience_store 🏪, school 🏫, department_store 🏬, factory 🏭,
japanese_castle 🏯, european_castle 🏰, wedding 💒, tokyo_tower 🗼, statue_of_liberty 🗽, church ⛪, mosque 🕌,
synagogue 🕍, shinto_shrine ⛩️, kaaba 🕋, fountain ⛲, tent ⛺, foggy 🌁, night_with_stars 🌃, cityscape 🏙️,
sunrise_over_mountains 🌄, sunrise 🌅, city_sunset 🌆, city_sunrise 🌇, bridge_at_night 🌉, hotsprings ♨️,
carousel_horse 🎠, ferris_wheel 🎡, roller_coaster 🎢, barber 💈, circus_tent 🎪, steam_locomotive 🚂, railway_car 🚃,
bullettrain_side 🚄, bullettrain_front 🚅, train2 🚆, metro 🚇, light_rail 🚈, station 🚉, tram 🚊, monorail 🚝,
mountain_railway 🚞, train 🚋, bus 🚌, oncoming_bus 🚍, trolleybus 🚎, minibus 🚐, ambulance 🚑, fire_engine 🚒,
police_car 🚓, oncoming_police_car 🚔, taxi 🚕, oncoming_taxi 🚖, car|red_car 🚗, oncoming_automobile 🚘, blue_car 🚙,
truck 🚚, articulated_lorry 🚛, tractor 🚜, racing_car 🏎️, racing_motorcycle 🏍️, bike 🚲, busstop 🚏, motorway 🛣️,
railway_track 🛤️, oil_drum 🛢️, fuelpump ⛽, rotating_light 🚨, traffic_light 🚥, vertical_traffic_light 🚦,
construction 🚧, anchor ⚓, boat|sailboat ⛵, speedboat 🚤, passenger_ship 🛳️, ferry ⛴️, motor_boat 🛥️, ship 🚢,
airplane ✈️, small_airplane 🛩️, airplane_departure 🛫, airplane_arriving 🛬, seat 💺, helicopter 🚁,
suspension_railway 🚟, mountain_cableway 🚠, aerial_tramway 🚡, satellite 🛰️, rocket 🚀, bellhop_bell 🛎️, hourglass
⌛, hourglass_flowing_sand ⏳, watch ⌚, alarm_clock ⏰, stopwatch ⏱️, timer_clock ⏲️, mantelpiece_clock 🕰️, clock12
🕛, clock1230 🕧, clock1 🕐, clock130 🕜, clock2 🕑, clock230 🕝, clock3 🕒, clock330 🕞, clock4 🕓, clock430 🕟, clock5
🕔, clock530 🕠, clock6 🕕, clock630 🕡, clock7 🕖, clock730 🕢, clock8 🕗, clock830 🕣, clock9 🕘, clock930 🕤, clock10
🕙, clock1030 🕥, clock11 🕚, clock1130 🕦, new_moon 🌑, waxing_crescent_moon 🌒, first_quarter_moon 🌓,
moon|waxing_gibbous_moon 🌔, full_moon 🌕, waning_gibbous_moon 🌖, last_quarter_moon 🌗, waning_crescent_moon 🌘,
crescent_moon 🌙, new_moon_with_face 🌚, first_quarter_moon_with_face 🌛, last_quarter_moon_with_face 🌜,
thermometer 🌡️, sunny ☀️, full_moon_with_face 🌝, sun_with_face 🌞, star ⭐, star2 🌟, stars 🌠, milky_way 🌌, cloud
☁️, partly_sunny ⛅, thunder_cloud_and_rain ⛈️, mostly_sunny|sun_small_cloud 🌤️, barely_sunny|sun_behind_cloud
🌥️, partly_sunny_rain|sun_behind_rain_cloud 🌦️, rain_cloud 🌧️, snow_cloud 🌨️, lightning|lightning_cloud 🌩️,
tornado|tornado_cloud 🌪️, fog 🌫️, wind_blowing_face 🌬️, cyclone 🌀, rainbow 🌈, closed_umbrella 🌂, umbrella ☂️,
umbrella_with_rain_drops ☔, umbrella_on_ground ⛱️, zap ⚡, snowflake ❄️, snowman ☃️, snowman_without_snow ⛄,
comet ☄️, fire 🔥, droplet 💧, ocean 🌊`],
  ["Objects", `
eyeglasses 👓, dark_sunglasses 🕶️, necktie 👔, shirt|tshirt 👕, jeans 👖, dress 👗, kimono 👘, bikini 👙,
womans_clothes 👚, purse 👛, handbag 👜, pouch 👝, shopping_bags 🛍️, school_satchel 🎒, mans_shoe|shoe 👞,
athletic_shoe 👟, high_heel 👠, sandal 👡, boot 👢, crown 👑, womans_hat 👒, tophat 🎩, mortar_board 🎓,
helmet_with_white_cross ⛑️, prayer_beads 📿, lipstick 💄, ring 💍, gem 💎, mute 🔇, speaker 🔈, sound 🔉, loud_sound 🔊,
loudspeaker 📢, mega 📣, postal_horn 📯, bell 🔔, no_bell 🔕, musical_score 🎼, musical_note 🎵, notes 🎶,
studio_microphone 🎙️, level_slider 🎚️, control_knobs 🎛️, microphone 🎤, headphones 🎧, radio 📻, saxophone 🎷,
guitar 🎸, musical_keyboard 🎹, trumpet 🎺, violin 🎻, iphone 📱, calling 📲, phone|telephone ☎️, telephone_receiver
📞, pager 📟, fax 📠, battery 🔋, electric_plug 🔌, computer 💻, desktop_computer 🖥️, printer 🖨️, keyboard ⌨️,
three_button_mouse 🖱️, trackball 🖲️, minidisc 💽, floppy_disk 💾, cd 💿, dvd 📀, movie_camera 🎥, film_frames 🎞️,
film_projector 📽️, clapper 🎬, tv 📺, camera 📷, camera_with_flash 📸, video_camera 📹, vhs 📼, mag 🔍, mag_right 🔎,
candle 🕯️, bulb 💡, flashlight 🔦, izakaya_lantern|lantern 🏮, notebook_with_decorative_cover 📔, closed_book 📕,
book|open_book 📖, green_book 📗, blue_book 📘, orange_book 📙, books 📚, notebook 📓, ledger 📒, page_with_curl 📃,
scroll 📜, page_facing_up 📄, newspaper 📰, rolled_up_newspaper 🗞️, bookmark_tabs 📑, bookmark 🔖, label 🏷️, moneybag
💰, yen 💴, dollar 💵, euro 💶, pound 💷, money_with_wings 💸, credit_card 💳, chart 💹, email|envelope ✉️, e-mail 📧,
incoming_envelope 📨, envelope_with_arrow 📩, outbox_tray 📤, inbox_tray 📥, package 📦, mailbox 📫, mailbox_closed 📪,
mailbox_with_mail 📬, mailbox_with_no_mail 📭, postbox 📮, ballot_box_with_ballot 🗳️, pencil2 ✏️, black_nib ✒️,
lower_left_fountain_pen 🖋️, lower_left_ballpoint_pen 🖊️, lower_left_paintbrush 🖌️, lower_left_crayon 🖍️,
memo|pencil 📝, briefcase 💼, file_folder 📁, open_file_folder 📂, card_index_dividers 🗂️, date 📅, calendar 📆,
spiral_note_pad 🗒️, spiral_calendar_pad 🗓️, card_index 📇, chart_with_upwards_trend 📈, chart_with_downwards_trend
📉, bar_chart 📊, clipboard 📋, pushpin 📌, round_pushpin 📍, paperclip 📎, linked_paperclips 🖇️, straight_ruler 📏,
triangular_ruler 📐, scissors ✂️, card_file_box 🗃️, file_cabinet 🗄️, wastebasket 🗑️, lock 🔒, unlock 🔓,
lock_with_ink_pen 🔏, closed_lock_with_key 🔐, key 🔑, old_key 🗝️, hammer 🔨, pick ⛏️, hammer_and_pick ⚒️,
hammer_and_wrench 🛠️, dagger_knife 🗡️, crossed_swords ⚔️, bomb 💣, bow_and_arrow 🏹, shield 🛡️, wrench 🔧,
nut_and_bolt 🔩, gear ⚙️, compression 🗜️, scales ⚖️, link 🔗, chains ⛓️, alembic ⚗️, microscope 🔬, telescope 🔭,
satellite_antenna 📡, syringe 💉, pill 💊, door 🚪, bed 🛏️, couch_and_lamp 🛋️, toilet 🚽, shower 🚿, bathtub 🛁,
smoking 🚬, coffin ⚰️, funeral_urn ⚱️, moyai 🗿`],
  ["Symbols", `
atm 🏧, wheelchair ♿, mens 🚹, womens 🚺, restroom 🚻, baby_symbol 🚼, wc 🚾, warning ⚠️, no_entry ⛔, no_entry_sign 🚫,
no_smoking 🚭, underage 🔞, arrow_up ⬆️, arrow_upper_right ↗️, arrow_right ➡️, arrow_lower_right ↘️, arrow_down
⬇️, arrow_lower_left ↙️, arrow_left ⬅️, arrow_upper_left ↖️, arrow_up_down ↕️, left_right_arrow ↔️,
leftwards_arrow_with_hook ↩️, arrow_right_hook ↪️, arrow_heading_up ⤴️, arrow_heading_down ⤵️, arrows_clockwise
🔃, back 🔙, end 🔚, on 🔛, soon 🔜, top 🔝, om_symbol 🕉️, star_of_david ✡️, wheel_of_dharma ☸️, yin_yang ☯️,
latin_cross ✝️, star_and_crescent ☪️, six_pointed_star 🔯, aries ♈, taurus ♉, gemini ♊, cancer ♋, leo ♌, virgo ♍,
libra ♎, scorpius ♏, sagittarius ♐, capricorn ♑, aquarius ♒, pisces ♓, ophiuchus ⛎, arrow_forward ▶️,
fast_forward ⏩,  ⏭️, arrow_backward ◀️, rewind ⏪,  ⏮️, arrow_up_small 🔼, arrow_double_up ⏫, arrow_down_small 🔽,
arrow_double_down ⏬, double_vertical_bar ⏸️, black_square_for_stop ⏹️, black_circle_for_record ⏺️, cinema 🎦,
signal_strength 📶, vibration_mode 📳, mobile_phone_off 📴, heavy_multiplication_x ✖️, heavy_plus_sign ➕,
heavy_minus_sign ➖, heavy_division_sign ➗, bangbang ‼️, interrobang ⁉️, question ❓, grey_question ❔,
grey_exclamation ❕, exclamation|heavy_exclamation_mark ❗, wavy_dash 〰️, currency_exchange 💱, heavy_dollar_sign
💲, recycle ♻️, trident 🔱, name_badge 📛, beginner 🔰, o ⭕, white_check_mark ✅, ballot_box_with_check ☑️,
heavy_check_mark ✔️, x ❌, negative_squared_cross_mark ❎, curly_loop ➰, part_alternation_mark 〽️,
eight_spoked_asterisk ✳️, eight_pointed_black_star ✴️, sparkle ❇️, copyright ©️, registered ®️, tm ™️,
keycap_ten 🔟, capital_abcd 🔠, abcd 🔡, 1234 🔢, symbols 🔣, abc 🔤, a 🅰️, ab 🆎, b 🅱️, cl 🆑, cool 🆒, free 🆓,
information_source ℹ️, id 🆔, m Ⓜ️, new 🆕, ng 🆖, o2 🅾️, ok 🆗, parking 🅿️, sos 🆘, up 🆙, vs 🆚, koko 🈁, sa 🈂️, u6708
🈷️, u6709 🈶, u6307 🈯, ideograph_advantage 🉐, u5272 🈹, u7121 🈚, u7981 🈲, accept 🉑, u7533 🈸, u5408 🈴, u7a7a 🈳,
congratulations ㊗️, secret ㊙️, u55b6 🈺, u6e80 🈵, red_circle 🔴, large_blue_circle 🔵, black_circle ⚫, white_circle
⚪, black_large_square ⬛, white_large_square ⬜, black_medium_square ◼️, white_medium_square ◻️,
black_medium_small_square ◾, white_medium_small_square ◽, black_small_square ▪️, white_small_square ▫️,
large_orange_diamond 🔶, large_blue_diamond 🔷, small_orange_diamond 🔸, small_blue_diamond 🔹, small_red_triangle
🔺, small_red_triangle_down 🔻, diamond_shape_with_a_dot_inside 💠, radio_button 🔘, white_square_button 🔳,
black_square_button 🔲`],
];
