"""Countries by their capitals and adjectives: reports say "Paris announced", questions say "French troops"."""

from __future__ import annotations

import re
from functools import cache

from vectorstore.terms import fold

# country | capital (as a name for its government) | adjectives and inhabitants
_TABLE = """
Afghanistan|Kabul|Afghan
Albania|Tirana|Albanian
Algeria|Algiers|Algerian
Angola|Luanda|Angolan
Argentina|Buenos Aires|Argentine Argentinian
Armenia|Yerevan|Armenian
Australia|Canberra|Australian
Austria|Vienna|Austrian
Azerbaijan|Baku|Azerbaijani Azeri
Bahrain|Manama|Bahraini
Bangladesh|Dhaka|Bangladeshi
Belarus|Minsk|Belarusian
Belgium|Brussels|Belgian
Benin|Porto-Novo|Beninese
Bolivia|La Paz|Bolivian
Bosnia|Sarajevo|Bosnian
Botswana|Gaborone|Motswana
Brazil|Brasilia|Brazilian
Bulgaria|Sofia|Bulgarian
Burkina Faso|Ouagadougou|Burkinabe
Burundi|Gitega|Burundian
Cambodia|Phnom Penh|Cambodian
Cameroon|Yaounde|Cameroonian
Canada|Ottawa|Canadian
Cape Verde|Praia|Cape Verdean
Central African Republic|Bangui|Central African
Chad|N'Djamena|Chadian
Chile|Santiago|Chilean
China|Beijing|Chinese
Colombia|Bogota|Colombian
Congo|Kinshasa|Congolese
Cuba|Havana|Cuban
Cyprus|Nicosia|Cypriot
Czech Republic|Prague|Czech
Denmark|Copenhagen|Danish
Ecuador|Quito|Ecuadorian
Egypt|Cairo|Egyptian
Equatorial Guinea|Malabo|Equatoguinean
Eritrea|Asmara|Eritrean
Estonia|Tallinn|Estonian
Ethiopia|Addis Ababa|Ethiopian
Finland|Helsinki|Finnish
France|Paris|French
Gabon|Libreville|Gabonese
Gambia|Banjul|Gambian
Georgia|Tbilisi|Georgian
Germany|Berlin|German
Ghana|Accra|Ghanaian
Greece|Athens|Greek
Guinea|Conakry|Guinean
Guinea-Bissau|Bissau|Bissau-Guinean
Haiti|Port-au-Prince|Haitian
Hungary|Budapest|Hungarian
Iceland|Reykjavik|Icelandic
India|New Delhi|Indian
Indonesia|Jakarta|Indonesian
Iran|Tehran|Iranian
Iraq|Baghdad|Iraqi
Ireland|Dublin|Irish
Israel|Jerusalem|Israeli
Italy|Rome|Italian
Ivory Coast|Yamoussoukro|Ivorian
Japan|Tokyo|Japanese
Jordan|Amman|Jordanian
Kazakhstan|Astana|Kazakh
Kenya|Nairobi|Kenyan
Kosovo|Pristina|Kosovar
Kuwait|Kuwait City|Kuwaiti
Kyrgyzstan|Bishkek|Kyrgyz
Laos|Vientiane|Lao
Latvia|Riga|Latvian
Lebanon|Beirut|Lebanese
Liberia|Monrovia|Liberian
Libya|Tripoli|Libyan
Lithuania|Vilnius|Lithuanian
Madagascar|Antananarivo|Malagasy
Malawi|Lilongwe|Malawian
Malaysia|Kuala Lumpur|Malaysian
Mali|Bamako|Malian
Mauritania|Nouakchott|Mauritanian
Mexico|Mexico City|Mexican
Moldova|Chisinau|Moldovan
Mongolia|Ulaanbaatar|Mongolian
Montenegro|Podgorica|Montenegrin
Morocco|Rabat|Moroccan
Mozambique|Maputo|Mozambican
Myanmar|Naypyidaw|Burmese
Namibia|Windhoek|Namibian
Nepal|Kathmandu|Nepali Nepalese
Netherlands|The Hague|Dutch
New Zealand|Wellington|New Zealander
Nicaragua|Managua|Nicaraguan
Niger|Niamey|Nigerien
Nigeria|Abuja|Nigerian
North Korea|Pyongyang|North Korean
North Macedonia|Skopje|Macedonian
Norway|Oslo|Norwegian
Oman|Muscat|Omani
Pakistan|Islamabad|Pakistani
Palestine|Ramallah|Palestinian
Panama|Panama City|Panamanian
Peru|Lima|Peruvian
Philippines|Manila|Filipino Philippine
Poland|Warsaw|Polish
Portugal|Lisbon|Portuguese
Qatar|Doha|Qatari
Romania|Bucharest|Romanian
Russia|Moscow|Russian
Rwanda|Kigali|Rwandan
Saudi Arabia|Riyadh|Saudi
Senegal|Dakar|Senegalese
Serbia|Belgrade|Serbian
Sierra Leone|Freetown|Sierra Leonean
Singapore||Singaporean
Slovakia|Bratislava|Slovak
Slovenia|Ljubljana|Slovenian
Somalia|Mogadishu|Somali
South Africa|Pretoria|South African
South Korea|Seoul|South Korean
South Sudan|Juba|South Sudanese
Spain|Madrid|Spanish
Sri Lanka|Colombo|Sri Lankan
Sudan|Khartoum|Sudanese
Sweden|Stockholm|Swedish
Switzerland|Bern|Swiss
Syria|Damascus|Syrian
Taiwan|Taipei|Taiwanese
Tajikistan|Dushanbe|Tajik
Tanzania|Dodoma|Tanzanian
Thailand|Bangkok|Thai
Togo|Lome|Togolese
Tunisia|Tunis|Tunisian
Turkey|Ankara|Turkish
Turkmenistan|Ashgabat|Turkmen
Uganda|Kampala|Ugandan
Ukraine|Kyiv|Ukrainian
United Arab Emirates|Abu Dhabi|Emirati
United Kingdom|London|British
United States|Washington|American
Uruguay|Montevideo|Uruguayan
Uzbekistan|Tashkent|Uzbek
Venezuela|Caracas|Venezuelan
Vietnam|Hanoi|Vietnamese
Yemen|Sanaa|Yemeni
Zambia|Lusaka|Zambian
Zimbabwe|Harare|Zimbabwean
"""


def country_aliases(text: str) -> list[str]:
    """Other names under which the countries that a text names may stand in a report.

    A capital brings its country and the adjective, an adjective its country. A country brings nothing:
    its own name is the one that reports use.
    """
    plain = fold(text)
    found = [
        word
        for name, others in _kin().items()
        if name in plain and re.search(rf"\b{re.escape(name)}(?:'?s)?\b", plain)
        for word in others
    ]
    return [word for word in dict.fromkeys(found) if fold(word) not in plain]


def is_adjective(word: str) -> bool:
    """Whether a word is a country's adjective or inhabitant ("Malian"), not a place."""
    return fold(word).removesuffix("s") in _adjectives() or fold(word) in _adjectives()


def is_country(name: str) -> bool:
    """Whether a name is a country's own ("Niger"), not its capital or adjective."""
    return fold(name) in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(fold(line.split("|")[0]) for line in _TABLE.split("\n") if line)


@cache
def countries_table() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Every country with its capital ("" for none) and its adjectives, all folded."""
    rows = [line.split("|") for line in _TABLE.split("\n") if line]
    return tuple(
        (fold(country), fold(capital), tuple(map(fold, [named] if " " in country else named.split())))
        for country, capital, named in rows
    )


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(one for _, _, adjectives in countries_table() for one in adjectives)


@cache
def _kin() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in _TABLE.split("\n"):
        if line:
            country, capital, adjectives = line.split("|")
            if capital:
                table[fold(capital)] = (country, adjectives.split()[0] if " " not in country else adjectives)
            for adjective in [adjectives] if " " in country else adjectives.split():
                table[fold(adjective)] = (country,)
    return table
