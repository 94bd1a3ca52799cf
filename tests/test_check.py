"""What the check lets through: nothing that the evidence does not say, and as many wordings of it as it can tell."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolewise.advisor.check import Checker
from rolewise.errors import UsageError
from rolewise.evaluation.pairs import evaluate_pairs, read_pairs

PAIRS = Path(__file__).parents[1] / "evals" / "check-pairs.jsonl"

BAKER = "A Baker needs a trade certificate and four years of practice."
NURSE = "A Nurse reports to the Ward Manager and supervises two trainees."
VET = "For a Vet, experience with farm animals such as cows, pigs and sheep is preferred."
PILOT = "A Pilot must hold a medical certificate issued within the last 12 months."
ZOO = "A Zookeeper feeds lions with meat and monkeys with fruit."
GROWTH = "Employment of dentists is projected to grow 4% from 2023 to 2033, with about 4,900 openings a year."
WELDERS = "Welders typically have a certificate in welding or metalwork."
JUDGE = "Some judges work part-time."
COURIER = "A Courier may deliver parcels on Sundays unless the depot is closed."
ADVERT = "Seaview Hotel in Brighton advertised the job Night Porter: on-site, part-time, paying GBP 21K to 24K."
FARM = "Hill Farm in Kent advertised the job Shepherd: on-site, full-time, paying GBP 25K to 29K."
SURVEY = "The survey of 2019 found that two in five plumbers had trained abroad."
TAILOR = "A Tailor measures customers, cuts fabric and sews suits for weddings."
CHEMIST = "A Chemist analyses samples for the laboratory but does not sign reports."
GARDENER = "A Gardener needs knowledge of plants or trees."
FLORIST = "A Florist needs knowledge of flowers and colours."
PLANNER = "A Transport Planner uses maps for routes and timetables for crews."
MAYOR = "The mayor's claim that rents fell by 3% could not be confirmed."
TUTOR = "A Tutor teaches students mathematics in the evening."

FALSE: dict[str, list[tuple[list[str], str]]] = {
    "number": [
        ([BAKER], "A baker needs a trade certificate and five years of practice."),
        ([BAKER], "A baker needs two trade certificates."),
        ([NURSE], "A nurse supervises three trainees."),
        ([PILOT], "A pilot must hold a medical certificate issued within the last 21 months."),
        ([GROWTH], "Employment of dentists is projected to grow 40% from 2023 to 2033."),
        ([GROWTH], "Employment of dentists is projected to grow 4% a year from 2023 to 2033."),
        ([GROWTH], "There are about 4,900 openings for dentists from 2023 to 2033."),
        ([ADVERT], "The Night Porter job pays GBP 21K to 42K."),
        ([ADVERT], "The Night Porter job pays GBP 24K."),
        ([ADVERT], "The Night Porter job pays at least GBP 24K."),
        ([SURVEY], "The survey of 2019 found that one in five plumbers had trained abroad."),
        ([SURVEY], "The survey of 2019 found that 60% of plumbers had trained abroad."),
        ([MAYOR], "Rents fell by 3%."),
    ],
    "name": [
        ([BAKER], "A baker needs a university certificate."),
        ([VET], "For a vet, experience with farm animals such as goats is preferred."),
        ([ADVERT], "Seaview Hotel in Bristol advertised the job Night Porter."),
        ([ADVERT], "Parkview Hotel advertised the job Night Porter."),
        ([FLORIST], "A florist needs knowledge of fruit and colours."),
        ([ZOO], "A zookeeper feeds tigers with meat."),
        ([WELDERS], "Welders typically have a diploma in welding or plumbing."),
        ([TUTOR], "A tutor teaches students physics in the evening."),
        ([ADVERT, FARM], "The Shepherd job is in Brighton."),
        (["A Data Analyst needs excellent writing."], "A data analyst needs Excel."),
        (["A Clerk needs a policy certificate."], "A clerk needs a police certificate."),
    ],
    "role": [
        ([BAKER], "A butcher needs a trade certificate."),
        ([NURSE], "A ward manager reports to the nurse."),
        ([NURSE], "The ward manager supervises two trainees."),
        ([GARDENER, FLORIST], "A gardener needs knowledge of flowers."),
        ([GARDENER, FLORIST], "A florist needs knowledge of plants or trees, and a gardener knowledge of flowers and colours."),
        ([GARDENER, FLORIST], "Both need knowledge of flowers."),
        ([GARDENER, FLORIST], "Flowers are needed by the gardener and the florist."),
        ([ADVERT, FARM], "The Shepherd is paid GBP 21K to 24K and the Night Porter GBP 25K to 29K."),
        (["A Head Teacher plans the budget."], "A teacher plans the budget."),
        (["A Head Teacher plans the budget."], "Teachers plan the budget."),
        ([TUTOR], "Students teach the tutor mathematics."),
        ([TUTOR], "Students teach mathematics in the evening."),
        (["A Ward Manager typically has a degree in nursing."], "A degree is typical for nurses."),
    ],
    "negation": [
        ([BAKER], "A baker needs no certificate."),
        ([BAKER], "A baker doesn't need a trade certificate."),
        ([CHEMIST], "A chemist signs reports."),
        ([CHEMIST], "A chemist does not analyse samples."),
        ([PILOT], "A pilot can fly without a medical certificate."),
        ([ZOO], "A zookeeper never feeds lions with meat."),
        ([GROWTH], "Employment of dentists is not projected to grow."),
        ([VET], "For a vet, experience with farm animals is not preferred."),
        (["A Guide explains rules to non-local visitors."], "A guide explains rules to local visitors."),
        (["A Cleaner is hired without experience."], "A cleaner is hired with experience."),
        ([NURSE], "Nurses rarely report to the ward manager."),
    ],
    "modality": [
        ([VET], "A vet needs experience with farm animals."),
        ([VET], "A vet has experience with farm animals."),
        ([VET], "A vet should have experience with farm animals."),
        ([BAKER], "A trade certificate is preferred for a baker."),
        ([BAKER], "A trade certificate is optional for a baker."),
        ([COURIER], "A courier must deliver parcels on Sundays unless the depot is closed."),
        ([COURIER], "A courier delivers parcels on Sundays unless the depot is closed."),
        ([WELDERS], "Welders have a certificate in welding or metalwork."),
        ([WELDERS], "Welders need a certificate in welding or metalwork."),
        ([GROWTH], "Employment of dentists grew 4% from 2023 to 2033."),
        ([TAILOR], "A tailor may cut fabric."),
        ([TAILOR], "A tailor is required to cut fabric."),
    ],
    "scope": [
        ([JUDGE], "Judges work part-time."),
        ([JUDGE], "All judges work part-time."),
        ([JUDGE], "Most judges work part-time."),
        ([COURIER], "A courier may deliver parcels on Sundays."),
        ([GARDENER], "A gardener needs only knowledge of plants or trees."),
        ([VET], "For a vet, only experience with cows is preferred."),
        ([BAKER], "Every baker needs a trade certificate."),
        ([NURSE], "A nurse supervises all trainees."),
        ([ZOO], "A zookeeper feeds lions with meat because they hunt."),
        ([PILOT], "A pilot must always hold a medical certificate."),
        (["Only citizens become judges."], "Citizens become judges."),
    ],
    "date": [
        ([GROWTH], "Employment of dentists is projected to grow 4% from 2033 to 2043."),
        ([GROWTH], "Employment of dentists is projected to grow 4% from 2013 to 2023."),
        ([GROWTH], "Employment of dentists is projected to grow 4% by 2030."),
        ([GROWTH], "Employment of dentists is still projected to grow 4% now."),
        ([SURVEY], "The survey of 2018 found that two in five plumbers had trained abroad."),
        ([SURVEY], "A recent survey found that two in five plumbers had trained abroad."),
        ([PILOT], "A pilot must hold a medical certificate issued in the last 12 years."),
        (["The guide was published on March 4, 2021."], "The guide was published on April 3, 2021."),
        (["The guide was published on March 4, 2021."], "The guide was published in March 2012."),
        (["Employment was projected to grow 5% from 2010 to 2020."], "Employment is projected to grow 5% from 2010 to 2020."),
    ],
    "invented": [
        ([BAKER], "A baker needs a trade certificate and a driving licence."),
        ([BAKER], "A baker needs a trade certificate, which takes a week to get."),
        ([TAILOR], "A tailor cuts fabric and earns well."),
        ([TAILOR], "A tailor sews expensive suits."),
        ([NURSE], "A nurse supervises two trainees and sets their pay."),
        ([ADVERT], "The Night Porter job is part-time, with free meals."),
        ([ZOO], "A zookeeper carefully feeds lions."),
        ([GROWTH], "Employment of dentists is projected to grow 4% from 2023 to 2033, thanks to ageing."),
        ([CHEMIST], "A chemist analyses samples in Berlin."),
        ([], "A baker bakes bread."),
    ],
    "swap": [
        ([ZOO], "A zookeeper feeds lions with fruit and monkeys with meat."),
        ([ZOO], "A zookeeper feeds lions with fruit."),
        ([ZOO], "Lions feed a zookeeper with meat."),
        ([PLANNER], "A transport planner uses timetables for routes and maps for crews."),
        ([PLANNER], "A transport planner uses maps for crews."),
        ([PLANNER], "For routes, a transport planner uses timetables."),
        ([GARDENER], "A gardener needs knowledge of plants and trees."),
        ([GARDENER], "A gardener needs knowledge of trees."),
        ([FLORIST], "A florist needs knowledge of flowers or colours."),
        ([TAILOR], "A tailor cuts customers and measures suits."),
        ([TAILOR], "Customers measure a tailor."),
        ([ADVERT], "The Night Porter job is full-time."),
        (["A Vet treats dogs for fleas and cows for mastitis."], "A vet treats cows for fleas."),
        (["A Planner ships goods from factories to shops."], "A planner ships goods from shops to factories."),
        (["A Brewer turns barley into malt."], "A brewer turns malt into barley."),
        (["A Coach finds team problems that can be solved with training."], "A coach finds training problems that the team can solve."),
    ],
}  # fmt: skip

# One sentence of evidence and wordings that it does not bear, each a hole that was found while the check was written.
PROBES: dict[str, list[str]] = {
    "A Curator chooses works for exhibitions and writes texts for catalogues.": [
        "A curator writes works for exhibitions.",
        "A curator chooses texts for catalogues.",
        "A curator chooses works for catalogues.",
        "A curator writes texts for exhibitions.",
        "Exhibitions choose works for a curator.",
    ],
    "Plumbers include pipe fitters.": [
        "Pipe fitters include plumbers.",
        "Plumbers are pipe fitters.",
        "All plumbers are pipe fitters.",
    ],
    "The report counts bakers among the craft workers.": ["The report counts craft workers among the bakers."],
    "A Data Engineer is supervised by a Data Architect.": [
        "A data engineer supervises a data architect.",
        "A data architect is supervised by a data engineer.",
    ],
    "A Foreman tells workers what the architect wants.": [
        "A foreman tells the architect what workers want.",
        "Workers tell the foreman what the architect wants.",
        "The architect tells a foreman what workers want.",
    ],
    "A Cook prefers fresh fish to frozen fish.": [
        "A cook prefers frozen fish to fresh fish.",
        "A cook needs fresh fish.",
    ],
    "A Nurse is older than a Trainee.": ["A trainee is older than a nurse."],
    "Salaries are higher in London than in Leeds.": [
        "Salaries are higher in Leeds than in London.",
        "Salaries in Leeds are higher than in London.",
        "Salaries are as high in Leeds as in London.",
    ],
    "A Fitter needs a certificate before an apprenticeship.": [
        "A fitter needs an apprenticeship before a certificate."
    ],
    "A Referee works after training, and an Umpire trains after work.": ["An umpire works after training."],
    "A Designer turns ideas into sketches and sketches into models.": [
        "A designer turns sketches into ideas.",
        "A designer turns ideas into models.",
    ],
    "For a Diver, a medical certificate is required and a boat licence is preferred.": [
        "For a diver, a boat licence is required and a medical certificate is preferred.",
        "For a diver, a medical certificate is preferred.",
        "A diver needs a boat licence.",
        "A diver needs a medical certificate and a boat licence.",
    ],
    "A Clerk must know English and may know French.": [
        "A clerk must know French and may know English.",
        "A clerk may know English.",
        "A clerk must know French.",
        "A clerk must know English and French.",
    ],
    "A Roofer typically has a diploma; a driving licence is required.": [
        "A roofer typically has a driving licence; a diploma is required.",
        "A diploma is required of a roofer.",
        "A roofer needs a diploma and a driving licence.",
    ],
    "The earlier figure was 5%, and the newer one is 7%.": [
        "The earlier figure was 7%, and the newer one is 5%.",
        "The newer figure is 5%.",
        "The earlier figure is 7%.",
    ],
    "Guides lead visitors through the museum.": [
        "Visitors lead guides through the museum.",
        "Guides lead the museum through visitors.",
        "The museum leads visitors through guides.",
    ],
    "A Lead Guide leads guides through training.": [
        "A guide leads lead guides through training.",
        "Guides lead a lead guide through training.",
    ],
    "The pay of a Ranger is lower than the pay of a Forester.": [
        "The pay of a forester is lower than the pay of a ranger."
    ],
    "A Trader buys coffee in Brazil and sells it in Germany.": [
        "A trader buys coffee in Germany and sells it in Brazil.",
        "A trader sells coffee in Brazil.",
        "A trader buys coffee in Germany.",
    ],
    "A Trader buys coffee with dollars from farmers.": [
        "A trader buys dollars with coffee from farmers.",
        "Farmers buy coffee from a trader with dollars.",
    ],
    "A Mechanic checks brakes for leaks and engines for noise.": [
        "A mechanic checks engines for leaks.",
        "A mechanic checks brakes for noise.",
        "A mechanic checks brakes and engines for noise.",
        "A mechanic checks leaks for brakes.",
        "A mechanic checks brakes for noise and engines for leaks.",
    ],
    "The course takes two years and costs 300 euros a month.": [
        "The course takes 300 months and costs two euros a year.",
        "The course costs 300 euros a year.",
        "The course costs 300 euros.",
        "The course takes two months.",
    ],
    "Two of three bakers work nights and one of four works weekends.": [
        "One of four bakers works nights.",
        "One of three bakers works nights.",
    ],
    "A Broker advises buyers, and an Agent advises sellers.": [
        "A broker advises sellers, and an agent advises buyers.",
        "A broker advises sellers.",
        "An agent advises buyers.",
    ],
    "Java is used by the backend team and Swift by the mobile team.": [
        "Java is used by the mobile team and Swift by the backend team.",
        "Swift is used by the backend team.",
        "Java is used by the mobile team.",
    ],
    "A Carer must have a first-aid certificate or two years of practice.": [
        "A carer must have a first-aid certificate and two years of practice.",
        "A carer must have two years of practice.",
        "A carer must have a first-aid certificate.",
    ],
    "Education is similar, but tools differ.": [
        "Tools are similar, but education differs.",
        "Education differs.",
        "Tools are similar.",
        "Education and tools differ.",
    ],
    "Engineers who lead teams earn more than engineers who write code.": [
        "Engineers who write code earn more than engineers who lead teams.",
        "Engineers earn more.",
    ],
    "A Caterer needs time to plan menus.": ["A caterer needs to plan menus in time."],
    "A Nurse gives doctors reports.": ["Doctors give a nurse reports.", "Doctors give nurses reports."],
    "A Coach helps players win matches.": ["Players help a coach win matches.", "Players help coaches win matches."],
    "A Porter works for the hotel with guests.": ["A porter works for guests with the hotel."],
    "Tests are written by developers, not by testers.": [
        "Tests are written by testers.",
        "Tests are written by testers, not by developers.",
    ],
    "A Lead Clerk explains rules to new clerks.": [
        "New clerks explain rules to a lead clerk.",
        "A new clerk explains rules to lead clerks.",
        "Clerks explain rules to new clerks.",
    ],
    "Sales grew more slowly than costs.": ["Costs grew more slowly than sales.", "Sales grew more than costs."],
    "A Driver starts at 6 and ends at 14.": ["A driver starts at 14 and ends at 6.", "A driver starts at 14."],
    "A Teacher trusts pupils more than parents.": ["A teacher trusts parents more than pupils."],
    "Rome has more guides than Milan.": ["Milan has more guides than Rome."],
    "A Janitor cleans rooms after classes.": [
        "A janitor cleans rooms before classes.",
        "A janitor cleans classes after rooms.",
    ],
    "A Cashier sells tickets to adults at the door and to children in the office.": [
        "A cashier sells tickets to children at the door.",
        "A cashier sells tickets to adults in the office.",
    ],
    "Both jobs need Spanish; the first needs French too.": [
        "Both jobs need French.",
        "The first job needs Spanish and both need French.",
    ],
    "A Data Engineer works with SQL rather than with R.": [
        "A data engineer works with R rather than with SQL.",
        "A data engineer works with R.",
    ],
}

# Several sentences of evidence: what belongs to one may not be told of the other.
TOGETHER: list[tuple[list[str], list[str]]] = [
    (
        ["A Cellist needs a bow and rosin.", "A Drummer needs sticks or brushes."],
        [
            "A cellist needs sticks or brushes, and a drummer needs a bow and rosin.",
            "Sticks are for the cellist and a bow for the drummer.",
            "Both need a bow.",
            "The drummer needs rosin.",
            "The cellist and the drummer need rosin.",
            "The cellist and the drummer need sticks and a bow respectively.",
            "A drummer, like a cellist, needs a bow.",
            "A cellist needs a bow, as does a drummer.",
            "A cellist needs a bow and rosin; it needs sticks or brushes too.",
            "A drummer needs sticks and brushes, a cellist a bow.",
            "Either role needs a bow.",
        ],
    ),
    (
        [
            "Dock Ltd in Hull advertised the job Crane Operator: on-site, full-time, paying GBP 31K to 36K.",
            "Dock Ltd in Hull advertised the job Night Guard: on-site, part-time, paying GBP 19K to 22K.",
        ],
        [
            "The Crane Operator job is part-time.",
            "The Night Guard job pays GBP 31K to 36K.",
            "Both jobs are full-time.",
            "Dock Ltd pays the Night Guard GBP 31K to 36K.",
            "The Crane Operator job pays GBP 31K to 36K and is part-time.",
            "The jobs at Dock Ltd are part-time.",
            "The Night Guard job pays USD 19K to 22K.",
            "The Crane Operator is paid GBP 19K to 22K and the Night Guard GBP 31K to 36K.",
            "The Night Guard job pays more than the Crane Operator job.",
            "The Crane Operator job pays at most GBP 22K.",
        ],
    ),
    (
        [
            "Employment of tailors is projected to grow 2% from 2024 to 2034.",
            "Employment of roofers is projected to grow 7% from 2024 to 2034, faster than the average for all occupations.",
            "An earlier projection had employment of roofers growing 4% from 2021 to 2031.",
        ],
        [
            "Employment of tailors is projected to grow 7% from 2024 to 2034.",
            "Employment of tailors and roofers is projected to grow 2% from 2024 to 2034.",
            "Tailors are projected to grow 7% and roofers 2% from 2024 to 2034.",
            "Employment of roofers is projected to grow faster than that of tailors.",
            "Employment of roofers is projected to grow 4% from 2024 to 2034.",
            "Employment of roofers is projected to grow 7% from 2021 to 2031.",
            "Employment of all occupations is projected to grow 7% from 2024 to 2034.",
            "Employment of roofers is projected to grow 7% faster than the average for all occupations.",
        ],
    ),
]

TRUE: list[tuple[list[str], str, str]] = [
    ([BAKER], "Bakers need a trade certificate.", ""),
    ([BAKER], "A trade certificate is required of a baker.", ""),
    ([BAKER], "Yes, a trade certificate is needed.", "Does a baker need a trade certificate?"),
    ([NURSE], "Two trainees are supervised by a nurse.", ""),
    ([NURSE], "A nurse oversees two trainees.", ""),
    ([VET], "No, it is preferred rather than required.", "Must a vet have experience with farm animals?"),
    ([VET], "For a vet, experience with farm animals is preferred.", ""),
    ([GROWTH], "Dentists' employment is projected to grow 4% from 2023 to 2033.", ""),
    ([GROWTH], "From 2023 to 2033, employment of dentists is expected to grow 4%.", ""),
    ([SURVEY], "The 2019 survey found that 40% of plumbers had trained abroad.", ""),
    ([ADVERT], "The Night Porter job pays at most GBP 24K.", ""),
    ([ADVERT], "The Night Porter job is part-time.", ""),
    ([ADVERT], "No, it was advertised in Brighton.", "Is the Night Porter job in Leeds?"),
    ([ADVERT, FARM], "Both jobs are on-site.", ""),
    ([ADVERT, FARM], "The Night Porter job is part-time, while the Shepherd job is full-time.", ""),
    ([GARDENER, FLORIST], "A gardener needs knowledge of plants or trees, and a florist knowledge of flowers.", ""),
    ([GARDENER, FLORIST], "The florist.", "Who needs knowledge of flowers?"),
    ([TAILOR], "Cutting fabric is one of the tailor's tasks.", ""),
    ([PLANNER], "For routes, a transport planner uses maps.", ""),
    ([CHEMIST], "A chemist does sample analysis for the laboratory.", ""),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "The head gardener supervises three gardeners.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "Three gardeners are supervised by the head gardener.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "Planning the planting is the head gardener's job.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "As a head gardener you plan the planting and oversee three gardeners.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "The head gardener is in charge of three gardeners.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "You would supervise three gardeners as a head gardener.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "The planting is planned by the head gardener.",
        "",
    ),
    (
        ["A Head Gardener plans the planting and supervises three gardeners."],
        "It is the head gardener who plans the planting.",
        "",
    ),
    (["A Museum Guide needs good knowledge of history and fluent French."], "Museum guides need fluent French.", ""),
    (
        ["A Museum Guide needs good knowledge of history and fluent French."],
        "Fluent French is a must for museum guides.",
        "",
    ),
    (
        ["A Museum Guide needs good knowledge of history and fluent French."],
        "Fluent French and good knowledge of history are required of a museum guide.",
        "",
    ),
    (
        ["A Museum Guide needs good knowledge of history and fluent French."],
        "To be a museum guide, you need to know history well.",
        "",
    ),
    (
        ["A Museum Guide needs good knowledge of history and fluent French."],
        "A museum guide has to have fluent French.",
        "",
    ),
    (
        ["A Museum Guide needs good knowledge of history and fluent French."],
        "You'll need fluent French to become a museum guide.",
        "",
    ),
    (
        ["A Fleet Manager uses spreadsheets and GPS trackers for route planning."],
        "A fleet manager plans routes with spreadsheets and GPS trackers.",
        "",
    ),
    (
        ["A Fleet Manager uses spreadsheets and GPS trackers for route planning."],
        "For route planning, fleet managers use spreadsheets and GPS trackers.",
        "",
    ),
    (
        ["A Fleet Manager uses spreadsheets and GPS trackers for route planning."],
        "Route planning is done with spreadsheets and GPS trackers by the fleet manager.",
        "",
    ),
    (
        ["A Sommelier typically has a diploma in hospitality or wine studies."],
        "Sommeliers usually have a diploma in hospitality or wine studies.",
        "",
    ),
    (
        ["A Sommelier typically has a diploma in hospitality or wine studies."],
        "A diploma in hospitality or wine studies is typical for a sommelier.",
        "",
    ),
    (
        ["A Sommelier typically has a diploma in hospitality or wine studies."],
        "Typically, a sommelier holds a diploma in wine studies or hospitality.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "A Master's degree in linguistics is preferred for translators.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "Preferably, a translator has a Master's degree in linguistics.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "Translators should ideally have a Master's degree in linguistics.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "A translator isn't required to have a Master's degree, but one is preferred.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "A Master's in linguistics is an advantage for a translator.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "A Master's degree is preferred but not required for a translator.",
        "",
    ),
    (
        ["For a Translator, a Master's degree in linguistics is preferred."],
        "It is preferred that a translator has a Master's degree in linguistics.",
        "",
    ),
    (
        ["A Ranger collaborates with biologists to protect rare birds."],
        "Rangers work with biologists to protect rare birds.",
        "",
    ),
    (
        ["A Ranger collaborates with biologists to protect rare birds."],
        "To protect rare birds, a ranger works together with biologists.",
        "",
    ),
    (
        ["A Ranger collaborates with biologists to protect rare birds."],
        "The ranger protects rare birds together with biologists.",
        "",
    ),
    (
        ["A Ranger collaborates with biologists to protect rare birds."],
        "Protecting rare birds with biologists is part of a ranger's work.",
        "",
    ),
    (
        ["A Ranger collaborates with biologists to protect rare birds."],
        "Rangers team up with biologists to protect rare birds.",
        "",
    ),
    (
        ["Employment of bakers is projected to grow 6% from 2024 to 2034, with about 32,000 openings a year."],
        "Bakers' employment is expected to grow by 6% between 2024 and 2034.",
        "",
    ),
    (
        ["Employment of bakers is projected to grow 6% from 2024 to 2034, with about 32,000 openings a year."],
        "About 32,000 openings a year are projected for bakers.",
        "",
    ),
    (
        ["Employment of bakers is projected to grow 6% from 2024 to 2034, with about 32,000 openings a year."],
        "6% growth is projected for bakers from 2024 to 2034.",
        "",
    ),
    (
        ["Employment of bakers is projected to grow 6% from 2024 to 2034, with about 32,000 openings a year."],
        "Employment of bakers is forecast to rise by 6% from 2024 to 2034.",
        "",
    ),
    (
        ["Employment of bakers is projected to grow 6% from 2024 to 2034, with about 32,000 openings a year."],
        "A growth of 6% is projected in the employment of bakers from 2024 to 2034.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "Lakeside School is looking for a part-time music teacher.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "The Music Teacher job at Lakeside School is part-time.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "The Music Teacher job is on-site in Geneva.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "Lakeside School advertised a part-time Music Teacher job in Geneva.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "The Music Teacher job pays between CHF 40K and 48K.",
        "",
    ),
    (
        ["Lakeside School in Geneva advertised the job Music Teacher: on-site, part-time, paying CHF 40K to 48K."],
        "The Music Teacher job pays up to CHF 48K.",
        "",
    ),
    (
        ["A Welder needs experience with tools such as torches, clamps and grinders."],
        "A welder needs experience with torches, for example.",
        "",
    ),
    (
        ["A Welder needs experience with tools such as torches, clamps and grinders."],
        "Torches and clamps are examples of the tools a welder needs experience with.",
        "",
    ),
    (
        ["A Welder needs experience with tools such as torches, clamps and grinders."],
        "Welders need experience with tools like grinders.",
        "",
    ),
    (
        ["A Welder needs experience with tools such as torches, clamps and grinders."],
        "A welder must be experienced with tools such as torches.",
        "",
    ),
    (
        ["A Detective interviews witnesses and writes clear reports."],
        "Writing clear reports is part of a detective's job.",
        "",
    ),
    (["A Detective interviews witnesses and writes clear reports."], "Detectives interview witnesses.", ""),
    (
        ["A Detective interviews witnesses and writes clear reports."],
        "Interviewing witnesses and writing clear reports are among a detective's tasks.",
        "",
    ),
    (
        ["A Detective interviews witnesses and writes clear reports."],
        "A detective is responsible for interviewing witnesses.",
        "",
    ),
    (["A Detective interviews witnesses and writes clear reports."], "Witnesses are interviewed by the detective.", ""),
    (
        ["A Detective interviews witnesses and writes clear reports."],
        "The detective's duties include interviewing witnesses.",
        "",
    ),
    (["Both trades are in high demand in several regions."], "Both trades are in high demand.", ""),
    (
        ["To get started, learn a language such as Spanish, French or German."],
        "Learn a language such as Spanish to get started.",
        "",
    ),
    (
        ["To get started, learn a language such as Spanish, French or German."],
        "Learning a language, for instance French, is a way to get started.",
        "",
    ),
]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize(
    ("kind", "evidence", "sentence"), [(kind, *row) for kind, rows in FALSE.items() for row in rows]
)
def test_a_sentence_that_departs_from_its_evidence_is_refused(
    checker: Checker, kind: str, evidence: list[str], sentence: str
) -> None:
    verdict = checker.check(sentence, evidence)
    assert not verdict.supported, kind
    assert verdict.reason


@pytest.mark.parametrize(("evidence", "sentence"), [(e, s) for e, found in PROBES.items() for s in found])
def test_who_does_what_to_whom_may_not_change(checker: Checker, evidence: str, sentence: str) -> None:
    assert not checker.check(sentence, [evidence]).supported


@pytest.mark.parametrize(("evidence", "sentence"), [(e, s) for e, found in TOGETHER for s in found])
def test_a_fact_of_one_evidence_sentence_is_not_told_of_another(
    checker: Checker, evidence: list[str], sentence: str
) -> None:
    assert not checker.check(sentence, evidence).supported
    assert not checker.check(sentence, evidence[::-1]).supported


@pytest.mark.parametrize("evidence", [BAKER, NURSE, PILOT, GROWTH, ADVERT, SURVEY])
def test_no_number_of_the_evidence_may_be_another(checker: Checker, evidence: str) -> None:
    for match in re.finditer(r"\d[\d,]*", evidence):
        for other in (str(int(match[0].replace(",", "")) + 1), match[0].replace(",", "") + "0"):
            changed = evidence[: match.start()] + other + evidence[match.end() :]
            assert not checker.check(changed, [evidence]).supported, changed


@pytest.mark.parametrize("evidence", [ZOO, PLANNER, NURSE, TAILOR])
def test_no_two_words_of_the_evidence_may_change_places(checker: Checker, evidence: str) -> None:
    words = evidence.rstrip(".").split()
    telling = [
        i for i, w in enumerate(words) if i > 1 and w.strip(",") not in ("with", "and", "to", "the", "for", "two")
    ]
    for a, b in itertools.combinations(telling, 2):
        swapped = list(words)
        swapped[a], swapped[b] = words[b], words[a]
        sentence = " ".join(swapped) + "."
        assert not checker.check(sentence, [evidence]).supported, sentence


@pytest.mark.parametrize(("evidence", "sentence", "question"), TRUE)
def test_another_wording_of_the_evidence_passes(
    checker: Checker, evidence: list[str], sentence: str, question: str
) -> None:
    verdict = checker.check(sentence, evidence, question)
    assert verdict.supported, verdict.reason


@pytest.mark.parametrize("evidence", sorted({e for rows in FALSE.values() for es, _ in rows for e in es}))
def test_the_evidence_itself_passes(checker: Checker, evidence: str) -> None:
    assert checker.check(evidence, [evidence]).supported, checker.check(evidence, [evidence]).reason


@pytest.mark.parametrize(
    ("question", "sentence", "evidence"),
    [
        ("Does a florist need knowledge of trees?", "Yes, knowledge of trees is needed, among others.", [GARDENER]),
        ("Must a vet have experience with farm animals?", "Yes, experience with farm animals is preferred.", [VET]),
        ("Does a baker need a certificate?", "No, a baker needs a trade certificate.", [BAKER]),
        ("Is the Night Porter job full-time?", "Yes, the Night Porter job is part-time.", [ADVERT]),
        ("Who needs knowledge of flowers?", "The gardener.", [GARDENER, FLORIST]),
        ("Which job is full-time?", "The Night Porter job.", [ADVERT, FARM]),
    ],
)
def test_a_direct_answer_must_follow_from_the_question_and_the_evidence(
    checker: Checker, question: str, sentence: str, evidence: list[str]
) -> None:
    assert not checker.check(sentence, evidence, question).supported


def test_words_of_the_vocabulary_stand_for_each_other() -> None:
    evidence = ["A Potter needs a kiln."]
    assert not Checker().check("A potter needs a furnace.", evidence).supported
    assert Checker({"kiln": ("furnace", "oven")}).check("A potter needs a furnace.", evidence).supported


@pytest.mark.parametrize(("split", "recall"), [("dev", 0.64), ("test", 0.37)])
def test_no_false_sentence_of_the_labelled_pairs_passes(checker: Checker, split: str, recall: float) -> None:
    report = evaluate_pairs(read_pairs(PAIRS), checker).split(split)
    assert report.whole.false_passed == 0
    assert (report.whole.recall or 0) >= recall


def test_the_report_counts_by_split_kind_and_field(checker: Checker) -> None:
    report = evaluate_pairs(read_pairs(PAIRS), checker)
    for split in report.splits:
        assert sum(s.true_all + s.false_all for s in split.kinds) == split.whole.true_all + split.whole.false_all
        assert {s.name for s in split.fields} == {"corpus", "other"}
    assert any(line.startswith("test") and "recall" in line for line in report.lines())


def test_a_broken_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text('\n{"id": "x"}\n')
    with pytest.raises(UsageError, match="line 2"):
        read_pairs(file)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.lists(st.text(max_size=200), max_size=3), st.text(max_size=80))
def test_arbitrary_text_never_raises(sentence: str, evidence: list[str], question: str) -> None:
    assert Checker().check(sentence, evidence, question).supported in (True, False)


_WORDS = (
    "yes no baker needs must 4% 12 of and or , ; : two such as both one in not may the a nurse's GBP 21K to 24K".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60), st.lists(st.sampled_from(_WORDS), max_size=40))
def test_any_order_of_telling_words_never_raises(sentence: list[str], evidence: list[str]) -> None:
    Checker().check(" ".join(sentence), [" ".join(evidence), BAKER], " ".join(evidence[:8]))


@pytest.mark.parametrize(
    "piece", ["baker needs a certificate and ", "a", "1 to 2 ", "both and ", "it's not the ", ", "]
)
def test_a_sentence_of_ten_thousand_characters_is_settled_at_once(checker: Checker, piece: str) -> None:
    long = (piece * 10_000)[:10_000]
    for sentence, evidence in ((long, [BAKER, NURSE]), (BAKER, [long, long]), (long[:1150], [long, BAKER])):
        start = time.process_time()
        checker.check(sentence, evidence, long)
        assert time.process_time() - start < 0.5
