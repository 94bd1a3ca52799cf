"""General English words that may stand for each other."""

from __future__ import annotations

from rolewise.corpus.words import stem

SAME_MEANING = (
    "lead leads leading manage manages managing head heads run runs oversee oversees supervise supervises",
    "identify identifies find finds spot spots discover discovers hunt hunts look",
    "collaborate collaborates work works cooperate partner partners deal deals collaborator collaborators",
    "explain explains communicate communicates convey conveys present presents",
    "develop develops build builds built create creates make makes",
    "design designs plan plans",
    "deploy deploys ship ships release releases",
    "latest newest recent current",
    "advances advancements developments progress",
    "up date current abreast",
    "evaluate evaluates assess assesses measure measures",
    "improve improves boost boosts raise raises better",
    "pay pays paying paid salary salaries wage wages offer offers offered offering earn earns",
    "grow grows growing growth rise rises rising increase increases grew",
    "job jobs position positions role post opening advert vacancy",
    "advertise advertised advertises post posted advert adverts listed",
    "hire hires hiring employ employs",
    "bachelor bachelors bsc undergraduate",
    "degree degrees diploma",
    "field fields discipline subject area",
    "analyze analyse analyzes analyses",
    "optimize optimise optimizes tune tunes",
    "integrate integrates embed embeds put puts",
    "implement implements write writes",
    "closely close",
    "professional professionals person expert",
    "platform platforms service services provider providers",
    "technology technologies tool tools",
    "framework frameworks library libraries",
    "needs requirements",
    "complex complicated difficult",
    "learn study",
    "company companies firm employer",
    "employment jobs",
    "large big huge",
    "volume volumes amount amounts quantity",
    "application applications product products app apps program programs",
    "solve solves",
    "decision decisions",
    "senior seniority",
    "latest newest",
    "us usa america american americans",
    "promising bright",
    "internship internships intern interns",
    "duplicate duplicates duplicated dedupe deduped deduping deduplicated deduplication copies repeat repeats repeated",
)


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in SAME_MEANING:
        stems = frozenset(stem(w) for w in group.split())
        for one in stems:
            found[one] = found.get(one, frozenset()) | stems
    return found


ALIKE = _groups()
