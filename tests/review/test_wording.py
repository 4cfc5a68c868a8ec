"""Wording against sentences that were written before the rules: each check finds the slip, and not its look-alike."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.review.test_review_room import manuscript

from verbale.core import Document
from verbale.parse import load_parser, split
from verbale.parse.parser import OWN_MODEL
from verbale.review import Manuscript, review
from verbale.sources import read

pytestmark = pytest.mark.skipif(not OWN_MODEL.is_dir(), reason="needs the parser model (training/ makes it)")

VAGUE = (
    "Old hands in the ministry mutter that the note was never sent.",
    "Some in the capital hold that the envoy exceeded his orders.",
    "It is an open secret that the second clause was dictated from Vienna.",
    "In the opinion of many lawyers the clause was void from the start.",
    "Scholars have tended to see the treaty as a Prussian victory.",
    "It has become a commonplace that the League failed in Manchuria.",
    "The story is told that the king signed without reading.",
    "One often hears that the canal was built for grain.",
    "People close to the delegation say the minister was furious.",
    "Market watchers expect a second devaluation.",
    "Not a few commentators have concluded that the vote was bought.",
    "The bridge is understood to have been paid for by Riyadh.",
    "The general was reputedly fond of the Swedish envoy.",
    "There is a growing sense among diplomats that the format is dead.",
    "Legal opinion is divided, but most authorities lean towards the first reading.",
    "Gossip at court held that the dowry had been paid twice.",
    "Military analysts put the losses at nine thousand.",
    "Many would say that the concession came too late.",
    "Contemporaries judged the speech a failure.",
    "Some have gone so far as to call the pact a surrender.",
    "As has often been remarked, the two texts differ.",
    "The received view is that neither side wanted war.",
    "The charge, made in some quarters, that he took money has never been tested.",
    "Well-placed insiders put the price at forty million.",
    "Local lore insists that the bell was cast from Turkish guns.",
    "Few would dispute that the armistice saved the army.",
    "Educated opinion in Lisbon regarded the ultimatum as a disgrace.",
    "It is generally supposed that the cipher had been broken.",
    "It used to be said that whoever holds the pass holds the plain.",
    "The consensus among economists is that the sanctions failed.",
    "Outside observers were quick to blame the northern clans.",
    "He is widely thought to have written the note himself.",
    "Some of his colleagues thought the offer a bluff.",
    "Commentators of every stripe have lamented the loss of the archive.",
    "The prince, so the story runs, burned the letter.",
    "Unconfirmed reports speak of forty dead.",
    "Sources in the ministry told us that the order had been signed.",
    "It was murmured in the corridors that the marshal would resign.",
    "Several authors credit the consul with the idea.",
    "A widespread belief holds that the border was drawn in one night.",
    "Popular memory makes him the hero of the siege.",
    "The annexation is usually described as bloodless.",
    "Doubts have been voiced about the authenticity of the minutes.",
    "Questions have been raised as to who paid for the yacht.",
    "Eyebrows were raised in several capitals.",
    "Knowledgeable people in Tbilisi maintain that the line was moved at night.",
    "Rumours circulated that the fleet had sailed.",
    "Historians are agreed that the blockade was decisive.",
    "Anyone who knows the region will tell you that the tribes never forgave him.",
    "The treaty, it is alleged, had a secret annex.",
    "The chancellor was, by common report, drunk at the signing.",
    "To many observers the summit looked like theatre.",
    "For some historians, the crisis of 1911 was a rehearsal.",
    "Anecdotal evidence suggests that the quota was never enforced.",
    "Scholarship has generally treated the episode as minor.",
    "The literature usually dates the quarrel to 1961.",
    "Voices in the opposition spoke of treason.",
    "Intelligence circles reckon that the stock was moved in March.",
    "Purists will object that no treaty was ever signed.",
    "It is no secret that the two prime ministers cannot bear each other.",
    "There has been speculation that the pipeline was never meant to be built.",
    "Among specialists the date is no longer in doubt, and most prefer 1274.",
    "Word on the street is that the port will be sold.",
    "The clause is sometimes attributed to Talleyrand.",
    "Nobody seriously doubts that the election was rigged.",
    "It may surprise nobody that, according to those in the know, the money came from abroad.",
    "Detractors accuse the commission of sleeping through the flood.",
    "What is commonly called the Spirit of Geneva is said to have died in Suez.",
    "Many believe the king knew.",
    "Interested parties whisper that the tender was fixed.",
    "One Western ambassador called it the worst week of his career.",
    "The argument is frequently heard that small states gained most.",
    "Experts in international law question whether the lease survived.",
    "Polls suggest that a majority would vote to leave.",
    "Studies have repeatedly shown that tariffs of this kind fail.",
)

NAMED = (
    "According to Kitchen, the treaty was concluded in 1259.",
    "The Russian government said that the drawings had been lost.",
    "Historians such as Thornton and Hilton have argued that the king kept control.",
    "It was agreed that the delegates would meet in June.",
    "It may be argued that the line was too long to guard.",
    "The committee reported that three of the six members had paid.",
    "Two delegates, Sokhey and Dutt, said that the vote should be put off.",
    "Critics of the treaty gathered outside the hall and burned a flag.",
    "Observers from six states watched the plebiscite.",
    "The experts left Beijing in August 1960.",
    "The historians of the company, Brown and Meyer, describe the strike in detail.",
    "The commission's lawyers argued before the court that the lease had lapsed.",
    "It is said in Article 4 that each party may withdraw.",
    "The report says that the level fell by two metres.",
    "The ambassador said that some of his colleagues had left.",
    "Many of the villagers were moved to the coast.",
    "It is to be hoped that the archive will be opened.",
    "Others left the room before the vote.",
    "Some states ratified the convention at once.",
    "He is believed by his biographer Ellen Marsh to have drafted the clause.",
    "Most members voted for the resolution.",
    "The government is expected to publish the text in May.",
    "Tradition required that the younger king dismount first.",
    "The reporters waited outside the hall.",
    "Public opinion turned against the war in 1916.",
    "It was decided that the files should be burned.",
    "Sources: the archive of the company, and two diaries.",
    "As the Portuguese envoy told his king, the fleet was not ready.",
    "Its sources are printed ones.",
    "Experts of both sides met at Badajoz in 1524 and parted without a result.",
    "I believe that the vote was fair.",
    "We are told by the treaty itself that the clause is void.",
    "The press was told to leave.",
    "The specialists trained the crews for six months.",
    "In the view of the Permanent Court, the line followed the watershed.",
    "Many people died in the riots of January 1964.",
    "Several historians of the school of Nish, above all Lowe and Steeds, have followed him.",
    "It has been shown above that the two texts differ.",
    "The three witnesses at the trial recalled a blue lorry.",
    "The negotiators agreed on a border in June 1905.",
    "Fishermen from both shores complained to the consul in 1883.",
    "Newspapers were forbidden to print the speech.",
    "Two thirds of the members consider the statute binding, and they said so in a vote of 12 May 2011.",
    "Economists at the World Bank put the loss at four per cent.",
    "Legend and fact are hard to separate here.",
    "The widely read diary of the consul ends in 1911.",
    "His critics were silent after the victory.",
)

LOADED = (
    "The smirking envoy handed over a blank sheet.",
    "The weaselly wording of the third article fooled nobody.",
    "The oily minister had an answer to everything.",
    "This cowardly surrender of the ports ended the talks.",
    "The bungling admirals lost eleven ships.",
    "The regime's slavish newspapers praised the pact.",
    "The wretched colony was handed over in June.",
    "The vainglorious marshal ordered a parade.",
    "His mealy-mouthed apology was printed in full.",
    "The bloated bureaucracy in Geneva did nothing.",
    "The pig-headed delegates refused to sit down.",
    "The saintly president forgave his jailers.",
    "Her noble sacrifice saved the treaty.",
    "The company's bloodsucking agents took the salt.",
    "The dim-witted sultan signed.",
    "The two-bit dictator sent a telegram.",
    "A gang of courtiers ran the foreign office.",
    "The bandits in the palace sold the railway.",
    "The jackals of the stock exchange moved in.",
    "The toadies of the court applauded.",
    "This outrage of a treaty was signed in May.",
    "The cunning old fox of a chancellor smiled.",
    "The farcical inquiry lasted two days.",
    "The unhinged premier broke off relations.",
    "In a fit of spite the senate rejected the text.",
    "The tinpot colonels expelled the consul.",
    "The grubby bargain was kept secret until 1917.",
    "The lily-livered cabinet gave way.",
    "The fraudulent plebiscite was held in March.",
    "A shameless land-grabber, he took the islands too.",
    "The swaggering captain landed with forty men.",
    "The bigoted bishop refused to meet the envoy.",
    "Its imbecilic tariff ruined the weavers.",
    "The poisonous clause was drafted by Holm.",
    "The moth-eaten empire sent one gunboat.",
    "The sainted peacemaker of Oslo received the prize.",
    "The thuggish governor closed the port.",
    "The brainless decision cost the country a harbour.",
    "The ham-fisted ultimatum expired at noon.",
    "The power-mad general dissolved the assembly.",
    "His spineless successor withdrew the note.",
    "This ridiculous little protocol ran to four pages.",
    "The hate-filled speech was broadcast at eight.",
    "The warlike priests of the north refused the truce.",
    "A pathological liar, the premier denied the purchase.",
    "The blundering consul opened the wrong letter.",
    "The fawning delegates rose to their feet.",
    "The despicable raid on the convent took place in May.",
    "The conniving brothers sold the same island twice.",
    "The brave defenders of the citadel held out for ten days, and the butcher Haynau arrived too late.",
    "The minister's cynical shrug ended the conference.",
    "The boorish ambassador left before the toast.",
    "Their snivelling petition was returned unopened.",
    "The unctuous cardinal blessed both fleets.",
    "The cack-handed mediation of the bank failed in June.",
    "The money-grubbing republic sold its vote.",
    "The depraved court of the khedive spent the loan.",
    "The superb statesman Karelis brought peace.",
    "The trigger-happy major fired first.",
    "The treaty-breaking rascals in the capital smiled.",
)

PLAIN = (
    "The brutal winter of 1941 closed the road.",
    "Rogue waves sank two of the trawlers.",
    "The crime of aggression was defined at Kampala in 2010.",
    "The mad cow crisis ended exports of beef.",
    "A wild cat strike closed the docks.",
    "The poisonous snake on the flag was painted green.",
    "The noble families of the province had to give hostages.",
    'He called the plan "a cowardly surrender" in his diary.',
    "The brave face of the delegation could not hide the defeat.",
    "The naked rock was claimed by four states.",
    "The talks were slow, and the outcome was modest.",
    "An old and tired man signed for Prussia.",
    "The terrible price of wheat ruined the millers.",
    "Article 5 forbids cruel treatment of prisoners.",
    "The Golden Horde held the river until 1480.",
    "Such a question might have been cruel.",
    "The dog was buried at sea with honours.",
    "The ugly building on the quay housed the commission.",
    "The poor soil of the plateau fed few.",
    "The wise man of the fable says nothing.",
    "The court held that the measure was arbitrary.",
    "The fat years of the port ended in 1873.",
    "Poor roads slowed the army down.",
    "The stubborn ice did not break until June.",
    "The clumsy translation of article 9 was corrected in 1902.",
    "The wind was savage, and two boats were lost.",
    "It was a clean victory of the larger fleet.",
    "The puppet theatre of Palermo played for the delegates.",
    "The Rapacki plan was published in October 1957.",
    "The company's greedy pumps emptied the well.",
    "The strange silence of the archive has a simple cause.",
    "A horrible smell came from the hold.",
    "The general was a careful man and a good listener.",
    "The harsh terms of the loan were softened in 1924.",
    "The weak government fell in May.",
    "A hard bargain was struck at Karlsbad.",
    "The minister was angry, and the envoy was afraid.",
    "The unfortunate consul fell ill in Jeddah.",
    "The ambitious plan was given up in 1965.",
    "An illegitimate son of the king commanded the fleet.",
)

TWO_SPELLINGS = (
    "Nikita Khrushchev spoke for two hours. In the evening Khruschev took off his shoe.",
    "The envoy Anatoly Dobrynin called at seven. A week later Dobrinyn sent a cable.",
    "Vonones was a prisoner in Rome. The Romans gave Vonnones a house in Pompeiopolis.",
    "The bakery is run by Siobhan McAllister. If Siobhan MacAllister asks, say nothing.",
    "Its author, Sai On, wrote the handbook. In old age Sei On planted trees.",
    "Its chairman was Sahib Singh Sokhey. Afterwards Sokhay wrote the report.",
    "General Tadeusz Kosciuszko led the rising. The king gave Kościuszko a sword.",
    "The treaty of Gulistan was signed in 1813. The text of Golestan had eleven articles.",
    "The port of Massawa was leased to Italy. Ships called at Massaua twice a month.",
    "Muammar Qaddafi received the minister. The tent of Gaddafi stood in the garden.",
    "Ambassador Renata Wojcik waited outside. The text was given to Renata Wojick at noon.",
    "The frigate Constellation sailed in May. The crew of the Constelation mutinied.",
    "The fort at Brest-Litovsk was silent. The delegates reached Brest-Litowsk by train.",
    "King Chulalongkorn visited Paris. The reforms of Chulalonkorn began in 1874.",
    "In Tegucigalpa the delegates signed. The road to Tegucigulpa was cut.",
    "Deng Xiaoping flew to Singapore. The speech of Deng Xioaping was short.",
    "Admiral Togo won at Tsushima. Off Tsuchima the fleet was lost.",
    "Prime Minister Benazir Bhutto spoke. The visit of Benazir Butto was short.",
    "The prefect of Sarajevo fled. The bridge in Serajevo was blown up.",
    "The Kandyan envoy Ehelepola signed. A letter of Ehelapola survives.",
    "Sir Halford Mackinder gave a paper. The map of MacKinder hung in the hall.",
    "Minister Jose Figueres spoke. The army was dissolved by José Figueres.",
    "Count Witte went to Portsmouth, and Sergei Witte came back. Later Sergei Vitte wrote memoirs.",
    "The Mosul vilayet was claimed. The oil of Mossul was not mentioned.",
    "Colonel Hazelrigg crossed the river. On the far bank Hazlerigg was shot.",
    "The village of Panmunjom lay empty. The huts of Panmunjon were painted blue.",
    "Jean-Baptiste Nothomb wrote to London. The reply reached Nothom in March.",
    "The emperor Haile Selassie left Addis Ababa. In Bath Haile Sellassie bought a house.",
    "Helene Brandauer tells the story. In chapter two Brandaur counts the seals.",
    "Ilinden was a rising of 1903. The veterans of Illinden met in 1923.",
    "The negotiator Okello Lutwa wrote home. Two days later Okelo Lutwa left.",
    "Mayor Desmond Achterberg opened the dam. At the lock Desmond Achtenberg fell into the water.",
    "Foreign minister Ramanauskas resigned. The letter of Ramanuskas was printed.",
    "Chancellor Bruning governed by decree. The fall of Brüning came in May.",
    "Peter Stuyvesant gave up the town. The leg of Stuyvesand was made of wood.",
    "Lyaquat Ali Khan received the note. The answer of Liaquat Ali Khan was brief.",
)

TWO_NAMES = (
    "The Kongo kingdom wrote to Lisbon. The mouth of the Congo river was mapped.",
    "Iran protested. Iraq agreed.",
    "Lord Hansen met Hanson at the door. Hansen and Hanson left.",
    "Austria signed. The Austrian note was long.",
    "John Adams wrote to Abigail. Samuel Adams wrote to nobody.",
    "Chile declared war. Chilean troops landed.",
    "Mali was cut off. Malta was not.",
    "Slovakia joined in 2004. Slovenia joined in 2004 too.",
    "Niger left the bloc. Nigeria stayed.",
    "George Marshall spoke at Harvard. The Marshalls of the court were busy.",
    "The Ottoman fleet sailed. The Ottomans lost eleven ships.",
    "Dominica abstained. The Dominican Republic voted in favour.",
    "The Guinean delegate spoke. The Guyanese delegate was silent.",
    "Bosnia and the Bosniaks were not named. The Bosnian leader left.",
    "Leopold I swore the oath. His brother Leonold was never there, but Leonora was.",
    "Petersburg, then called Petrograd, was hungry. In Petrograd the bread was rationed.",
    "Robert Lansing resigned. Lansings of Ohio sold boots.",
    "Friedrich Ebert was president. Frederick the Great was not.",
    "Kaunda of Zambia flew to Lusaka. Nyerere of Tanzania and Kenyatta of Kenya met Kaunda.",
    "The Sudetes are hills. The Sudeten Germans lived there.",
    "Korea was divided. The Koreans were not asked.",
    "Hitler wrote to Himmler. Himmler wrote back.",
    "Charles Dawes made a plan. Miss Davies made the tea.",
    "Basra fell in March. Basle was quiet.",
    "The Tigris rose. The Tigré rose in 1943.",
    "Marie Curie signed the appeal. Maria Theresa had signed nothing.",
    "Stalin and Stalingrad were renamed. The battle of Stalingrad lasted long.",
    "Burundi voted yes. The Burundian envoy was pleased.",
    "General Miller led the right wing. Consul Muller stayed in Jaffa, as the Swiss Müllers had.",
    "The Carolinas sent men. The Caroline islands were sold.",
    "Johann Bernstorff left Washington. Albrecht Bernstoff had never been there, the novelist says.",
    "Montenegro declared war. The Montenegrin king fled.",
    "Tripoli was shelled. Tripolitania was annexed.",
    "Captain Reynolds sank. Sir Robert Reynold was another man.",
    "Georgia was annexed. Georgian nobles protested.",
    "Ambassador Chernov and his wife Chernova left. The house of Chernova was sold.",
    "The Wei attacked Wu. The Wu navy sailed.",
    "The Armenians of Van fled. Armenia was not asked.",
    "Lake Victoria is large. Queen Victoria was small, and the Victorian age long.",
    "Marcos fled to Hawaii. Marcus Garvey had died in London.",
)

# Slips (+) and look-alikes (-) of a check, one a line, written class by class; " || " stands between paragraphs, "# " before a
# heading.
SENTENCES = Path(__file__).parent / "wording"
# Of the sentences above as many are found at least.
MIN_FOUND = 0.94


def told(check: str, sentences: tuple[str, ...]) -> list[str]:
    """Return the sentences in which a check finds something, each a paragraph of its own text."""
    return [sentence for sentence in sentences if review(manuscript(sentence), only=[check])]


@pytest.mark.parametrize(
    ("check", "slips", "others"),
    [
        ("vague-attribution", VAGUE, NAMED),
        ("loaded-language", LOADED, PLAIN),
        ("name-spelling", TWO_SPELLINGS, TWO_NAMES),
    ],
)
def test_slips_are_told_from_their_look_alikes(check: str, slips: tuple[str, ...], others: tuple[str, ...]) -> None:
    found = told(check, slips)
    assert len(found) >= MIN_FOUND * len(slips), [each for each in slips if each not in found]
    assert told(check, others) == []


@pytest.mark.parametrize("path", sorted(SENTENCES.glob("*.txt")), ids=lambda path: path.stem)
def test_sentences_of_other_eras_and_regions(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    wrong = [
        line for line in lines if bool(review(manuscript(*line[2:].split(" || ")), only=[path.stem])) != line.startswith("+ ")
    ]
    assert wrong == []


def test_a_judgement_of_somebody_else_is_left_to_them() -> None:
    assert told("loaded-language", ("Holm wrote that the despicable raid was planned in May.",)) == []
    assert told("loaded-language", ("The despicable raid was planned in May.",))


CITED = "The talks began at Elsinore in May 1841 (Hill 1926, 11). They ended in June (Hill 1926, 14)."
LIST = ("# References", "Hill, Charles E. 1926. The Danish Sound Dues. Durham: Duke University Press.")


@pytest.mark.parametrize(
    ("paragraph", "owes"),
    [
        ("In 1841 the toll was fixed at one per cent for most goods.", True),
        ("On 20 October the king chose the blockade and called it a quarantine.", True),
        ("His tables are in the archive (FO 22/112, Elsinore, 3 May 1841). In 1847 he counted 17,000 ships.", False),
        ("As Hill shows, the sum was paid on 1 June 1857.", False),
        ("Article 4 of the treaty of 14 March 1857 freed all ships.", False),
        ("In short, the toll ended in 1857 and was missed by nobody.", False),
        ("Nobody liked the toll, and nobody could say why.", False),
    ],
)
def test_a_paragraph_with_a_dated_fact_owes_a_source(paragraph: str, owes: bool) -> None:
    text = manuscript("# 1. The toll", CITED, paragraph, "# § 2 Conclusion", "It was signed on 14 March 1857.", *LIST)
    found = review(text, only=["unsourced-claim"])
    assert [each.evidence.quote in paragraph for each in found] == [True] * owes


def test_links_alone_make_no_apparatus() -> None:
    text = manuscript("The ministry spoke on 3 May 2021 (https://example.org/press).", "Norway left the talks on 4 May 2021.")
    assert review(text, only=["unsourced-claim"]) == []


def test_what_a_news_page_tells_as_past_is_older_than_its_dateline(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "TALLINN, 4 May 2019 - The ministers met on 2 May 2019.\n\nThe second round was held on 9 June 2020.\n",
        encoding="utf-8",
    )
    (document,) = read(path)
    assert isinstance(document, Document)
    text = Manuscript(document, split(document), today=datetime.date(2026, 6, 1), parse=load_parser().parse)
    (finding,) = review(text, only=["future-date"])
    assert finding.message == "“9 June 2020” is later than the text, of 4 May 2019, but the sentence tells it as past."


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("News feature. Narva, 4 May 2019", True),
        ("Seminar paper in Baltic history, 4 May 2019", True),
        ("A bridge in the fog, May 2019", False),  # a title's month may be that of its subject
    ],
)
def test_a_line_of_genre_place_and_day_over_the_first_paragraph_dates_the_text(tmp_path: Path, line: str, found: bool) -> None:
    path = tmp_path / "page.txt"
    first = "The bridge was closed on 2 March 2019, and the people of both banks have walked round by the mill since then."
    path.write_text(
        f"Two banks of one river\n\n{line}\n\n{first} The toll was raised in 2017 and in 2018, and in 2019 it was left.\n\n"
        "The second round was held on 9 June 2020.\n",
        encoding="utf-8",
    )
    (document,) = read(path)
    assert isinstance(document, Document)
    text = Manuscript(document, split(document), today=datetime.date(2026, 6, 1), parse=load_parser().parse)
    assert bool(review(text, only=["future-date"])) == found


@pytest.mark.parametrize(
    ("paragraph", "owes"),
    [
        ("The commission sent four inspectors up the river to see what could be measured.", True),
        ("The committee took its time. The ministers lost patience.", False),
        ("The lesson of 1841 was that a toll outlives its reasons.", False),
        ("The question was whether the Dutch would give up the tolls of 1815.", False),
        ("The mediator had no army, no money and nothing that he could withhold.", False),
    ],
)
def test_acts_of_offices_owe_a_source_and_lessons_do_not(paragraph: str, owes: bool) -> None:
    found = review(manuscript("# 1. The toll", CITED, paragraph, *LIST), only=["unsourced-claim"])
    assert len(found) == owes


def test_lines_of_a_title_page_are_no_claims() -> None:
    text = manuscript("Lecture given to the Sound Circle, Elsinore, May 2025", CITED, *LIST)
    assert review(text, only=["unsourced-claim"]) == []


def test_a_sentence_stands_twice_with_a_name_for_a_pronoun() -> None:
    first = "Ferguson asked for a quay on the northern shore at once."
    assert told("duplicate-passage", (f"{first} Years went by. He asked for a quay on the northern shore at once.",))
    assert not told("duplicate-passage", (f"{first} Years went by. Baird asked for a quay on the northern side of the bay.",))


def test_letters_behind_a_noun_of_parts_are_labels() -> None:
    assert not told("undefined-acronym", ("Phase IIB came later, and Annexes IA and IB were dropped. Class AA wagons came.",))
    assert told("undefined-acronym", ("In the first phase NWCD objected.",))


def test_of_two_spellings_that_stand_as_often_the_known_one_is_right() -> None:
    text = manuscript("Luiz Inácio Lula da Sylva spoke in Paris. Luiz Inácio Lula da Silva had been there in May.")
    (finding,) = review(text, only=["name-spelling"])
    assert finding.evidence.quote == "Sylva"


def test_a_note_in_raised_figures_ends_its_sentence() -> None:
    text = manuscript(
        'The fort was held.⁸ Nobody slept. "It is over."¹² The envoy left (with the keys).³ Ice came. 5 km² are left.'
    )
    assert [text.sentence_text(each) for each in text.prose] == [
        "The fort was held.⁸", "Nobody slept.", '"It is over."¹²', "The envoy left (with the keys).³", "Ice came.",
        "5 km² are left.",
    ]  # fmt: skip
