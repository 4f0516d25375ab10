"""Given names that are common somewhere in the world: enough to tell Mei from Miro, never enough to make an owner."""

from typing import Final

from bot.engine.insights.vocabulary import words

GIVEN_NAMES: Final = words(
    """
    aaron abby abdul abigail abraham ada adam adele adrian agnes agnieszka ahmed aidan aiko aisha akira alan albert
    alberto alejandra alejandro alessandra alessandro alex alexa alexander alexandra alexis alfred ali alice alicia
    alina alison allison alma amanda amara amber amelia amina amir amit amy ana anders andrea andreas andrei andrew
    andy angel angela angelo anil anita anjali ann anna anne annette annie anthony anton antonia antonio anya arjun
    arthur arun ashley asha astrid audrey aurora ava axel ayesha barbara bart beatrice beatriz becky bella ben benjamin
    bernard bernd beth betty bianca bill bjorn bo bob bogdan brad brandon brenda brian bridget bruce bruno caleb
    cameron camila camille carl carla carlos carmen carol carolina caroline carrie catherine cecilia cedric charles
    charlie charlotte chen chiara chloe chris christian christina christine christopher claire clara claude claudia
    colin connor craig cristina cynthia daisy dan dana daniel daniela danielle danny daria dave david dawn dean deborah
    debra deepak denis denise dennis derek diana diane diego dimitri dina dirk dmitri dominic donald donna doris
    dorothy doug douglas drew dylan eddie edgar edith eduardo edward eileen elaine elena eleanor eli elias elise eliza
    elizabeth ella ellen elliot emilia emily emma emmanuel enrique eric erica erik erika erin ernesto esther ethan
    eugene eva evan eve evelyn fabian fabio farah fatima federico felipe felix fernanda fernando fiona florian frances
    francesca francesco francis francisco frank franz fred frederick gabriel gabriela gareth gary gavin geoffrey george
    georgia gerald gerard gianni gina giovanni giulia gloria gordon grace graham greg gregory greta guillermo gustavo
    hana hanna hannah hans harold harriet harry hassan heather hector heidi helen helena helga henri henrik henry
    hilary hiro hiroshi holly hope howard hugo ian ibrahim ida igor ilya imran ines ingrid irene irina iris isaac
    isabel isabella isabelle ivan ivy jack jackie jacob jacques jake jakob james jamie jan jane janet janice jared
    jasmine jason javier jay jean jeff jeffrey jen jennifer jenny jeremy jerry jesse jessica jesus jill jim jimmy jin
    joan joanna joao joe joel johan johanna john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua
    joy joyce juan juana judith judy julia julian juliana julie juliet jun justin kai kamal kara karen karim karin karl
    kate katherine kathleen kathy katie katrin katya kay kayla keith kelly ken kenji kenneth kevin khalid kim klaus
    krishna kristen kristina kumar kurt kyle lara lars laura lauren laurent layla lea leah lee leila lena leo leon
    leonard leonardo leslie lewis li liam lila lily lin linda lisa liz logan lorenzo louis louise luca lucas lucia lucy
    luis luisa lukas luke lydia lynn mabel madison magda maggie mai malik manuel mara marc marcel marcelo marco marcus
    margaret maria mariam marianne marie marina mario marion marisa mark markus marta martha martin martina mary mateo
    mathieu matt matteo matthew matthias maureen maurice max maxim maya megan mehmet mei melanie melissa mercedes mia
    michael michal michel michelle miguel mike mikhail mila milan miles min ming miriam mohamed mohammed moira molly
    mona monica monika morgan moses nadia nadine naomi natalia natalie natasha nathan neha neil nelson nicholas nick
    nicola nicolas nicole nigel nikhil niklas nina nisha noah noel nora norman olaf oleg olga oliver olivia omar oscar
    otto owen pablo paige pamela paola paolo pascal pat patricia patrick paul paula paulo pavel pawel pedro peggy penny
    pete peter petra phil philip philipp phoebe pia pierre pilar piotr priya rachel rafael raj rajesh ralph ramon rania
    raquel rashid raul ravi ray raymond rebecca regina rene ricardo richard rick rita rob robert roberta roberto robin
    rodrigo roger rohan roland roman ron ronald rosa rosie ross roxana roy ruben rupert russell ruth ryan sabine
    sabrina sadia sally salma sam samantha samir samuel sandra sanjay santiago sara sarah sasha scott sean sebastian
    serena sergei sergio seth shannon sharon shaun shawn sheila shirley shreya silvia simon simone sofia sonia sophia
    sophie stacy stan stefan stefano stella stephanie stephen steve steven stuart sue sunil susan susanna suzanne sven
    sylvia tamara tania tanya tara tariq tatiana ted teresa terry theo theresa thomas tiffany tim timothy tina tobias
    todd tom tomas tommy toni tony tracy travis trevor trisha tyler uma ursula valentina valeria valerie vanessa vera
    veronica vicky victor victoria vijay vikram vincent viola violet virginia vivian vladimir walter wanda wang warren
    wayne wei wendy werner will william xavier xin yan yang yasmin yolanda yuki yuri yusuf yvonne zach zachary zara zoe
    zainab zhang
    """
)
