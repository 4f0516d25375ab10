"""Words that most meetings share, whatever they are about; stop words of other languages than English.

The English ones began as the words that nearly half of 51 recorded research meetings share (ICSI corpus, CC BY 4.0),
without that field's own terms.
"""

from typing import Final

from bot.engine.insights.stems import stem
from bot.engine.insights.vocabulary import words

COMMON: Final = frozenset(
    stem(word)
    for word in words(
        """
        able absolutely actual add additional agree ahead allow along amount answer anymore apparently apply approach
        area aspect assume available bad base basic basically become begin believe big bigger bring brought build built
        bunch call care case cause certain certainly change check choice choose clean clear close collect combine
        comment common compare complete completely concern condition connect consider continue conversation cool
        correct course create current currently cut deal decide depend describe detail difference different difficult
        discuss discussion double drop due earlier early easier easily easy effect effort either else especially event
        exactly example expect extra fact factor fairly fast favourite feel figure fill final finally find finish fit
        fix focus follow forget form format forward friend front full fully funny future general give goal group guy
        half hand handle happen hard head hear heard help helpful high higher hold hour huge human idea imagine
        important improve include individual input instance interest interesting involve item keep key knew large
        larger late learn leave left level limit line list listen live live long longer low main man manage matter
        meant meet meeting mention middle mind minute miss moment move multiple name natural necessarily necessary
        network nice normal note notice number obvious occur offer open opinion option order original otherwise outside
        overall page paper part particular pass past people percent person phone pick picture piece place plan play
        plus point possible possibly present problem process provide purpose question quick quickly quiet range rate
        reach read ready reason reasonable record reduce relate relevant remain remember remove require rest result
        room roughly round rule run save second seem send sense sent separate serious set several share short show side
        similar simple single sit situation slightly slow small smaller somehow soon sound space speak special specific
        spend spent stage stand standard start state stay step stick stop straight structure sudden suggest suppose
        surprise switch table talk task tend term test thought throw today top topic total touch toward true turn type
        understand unfortunately useful usual value various version versus view wait walk watch win wonder word work
        worry worse worst worth write wrong zero book ask tell mean bring finish hello team folk everybody love hate
        hope glad happy fun cost side fine update slide screen action agenda minutes sentence need want next last send
        sending decision
        """
    )
)

FOREIGN_STOP_WORDS: Final = {
    "de": words(
        """
        aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da
        dabei dafür dagegen damit dann daran das dass dasselbe davon dazu dein deine dem den denn der des dich die dies
        diese diesem diesen dieser dieses dir doch dort du durch eben ein eine einem einen einer eines einfach einige
        er es etwas euch euer finde für ganz gar geht genau gerade gibt gut habe haben hat hatte hier hin ich ihm ihn
        ihnen ihr ihre ihren im immer in ist ja jede jeden jeder jetzt kann kein keine können könnte machen macht mal
        man mehr mein meine mich mir mit muss müssen nach natürlich nein nicht nichts noch nun nur oder okay schon sehr
        sein seine sich sie sind so soll sollte sollten sondern sonst über um und uns unser unsere unter viel
        vielleicht vom von vor wann war waren warum was weil weiter welche wenn wer werden wie wieder will wir wird
        wirklich wo wollen wurde würde würden zu zum zur zwar zwischen danke bitte heute morgen gestern woche
        """
    ),
    "es": words(
        """
        a ahora al algo alguien algunos allí antes aquí así aunque bien bueno cada casi como con creo cual cuando de
        del desde después donde dos el ella ellas ellos en entonces entre era eran es esa esas ese eso esos esta estaba
        están estar este esto estos está ha hace hacer han hasta hay haya he hemos hoy la las le les lo los luego más
        me mejor menos mi mis mismo mucho muchos muy nada ni no nos nosotros nuestra nuestro o otra otro para pero poco
        poder podemos por porque pues puede que quien qué se sea ser si sido sin sobre solo son su sus sí también tan
        tanto tener tenemos tengo tiene tienen todo todos tu un una unas uno unos usted va vale vamos verdad vez voy y
        ya yo gracias mañana semana
        """
    ),
    "fr": words(
        """
        a ai alors après as au aussi autre aux avant avec avoir avons bien bon c'est ce ceci cela celle celui ces cet
        cette chaque comme comment d'accord dans de des deux doit donc du elle elles en encore entre est et étaient
        était être eu faire fait faut il ils j'ai je jusque la là le les leur leurs lui ma mais me même mes moi moins
        mon ne nos notre nous on ont ou où oui par parce pas peu peut plus pour pourquoi quand que quel quelle quelque
        qui quoi sa sans se sera ses si soit son sont sous sur ta te tes toi ton tous tout toute toutes très trop tu un
        une va vais vers voilà vos votre vous y ça merci demain semaine juste chose
        """
    ),
    "it": words(
        """
        a abbiamo adesso ai al alla alle allora altri altro anche ancora avere bene c'è che chi ci come con cosa così
        cui da dal dalla dei del della delle di dobbiamo dopo dove due e è ecco era erano essere fare fatto fino gli
        hanno ho i il in io la le lei li lo loro lui ma me meglio mi mia mio molto ne nei nel nella no noi non nostra
        nostro o ogni oggi ora per perché però più poi possiamo può qua quando quale quanto quello quella questa questi
        questo qui quindi se sei senza si sia siamo sono sta stato su sua sul sulla suo tra tutti tutto un una uno va
        vediamo vi voi grazie domani settimana
        """
    ),
    "nl": words(
        """
        aan al alle alles als altijd andere ben bij daar dan dat de der deze die dit doch doen door dus een eens en er
        ge geen gewoon goed had heb hebben heeft hem het hier hij hoe hun iets ik in is ja je jij kan kunnen maar me
        meer men met mij mijn moet moeten na naar nee niet niets nog nu of om omdat onder ons ook op over reeds te
        tegen toch toen tot u uit uw van veel voor want waren was wat we wel werd wie wij wil worden wordt zal ze zei
        zelf zich zij zijn zo zonder zou zullen bedankt morgen week
        """
    ),
    "pt": words(
        """
        a agora ainda algo alguém antes ao aos aqui assim até bem bom cada coisa com como da das de dele dela depois do
        dois dos e ela elas ele eles em então entre era essa esse esta estamos estar este está eu fazer foi for gente
        há isso isto já lá lhe mais mas me mesmo meu minha muito muitos na não nas nem no nos nós nossa nosso num numa
        o onde ou outra outro para pela pelo pode podemos por porque pra qual quando que quem se sem ser seu seus só
        sobre sua suas são também tem temos tenho ter todo todos tudo um uma vai vamos você vocês vou à é obrigado
        amanhã semana
        """
    ),
}
