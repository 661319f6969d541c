"""Names of capitals."""

from __future__ import annotations

from typing import Final

from geo.text.words import phrases

CAPITALS: Final = phrases(
    """kabul, tirana, algiers, luanda, buenos aires, yerevan, canberra, vienna, baku, nassau, manama,
    dhaka, bridgetown, minsk, brussels, belmopan, porto novo, thimphu, la paz, sarajevo, gaborone,
    brasilia, sofia, ouagadougou, gitega, phnom penh, yaounde, ottawa, praia, bangui, ndjamena,
    santiago, beijing, peking, bogota, moroni, kinshasa, brazzaville, san jose, zagreb, havana,
    nicosia, prague, copenhagen, djibouti, santo domingo, quito, cairo, san salvador, malabo, asmara,
    tallinn, mbabane, addis ababa, suva, helsinki, paris, libreville, banjul, tbilisi, berlin, accra,
    athens, guatemala city, conakry, bissau, georgetown, port au prince, tegucigalpa, budapest,
    reykjavik, new delhi, delhi, jakarta, tehran, teheran, baghdad, dublin, jerusalem, tel aviv, rome,
    kingston, tokyo, amman, astana, nur sultan, nairobi, pristina, kuwait city, bishkek, vientiane,
    riga, beirut, maseru, monrovia, tripoli, vilnius, antananarivo, lilongwe, kuala lumpur, male,
    bamako, valletta, nouakchott, port louis, mexico city, chisinau, ulaanbaatar, podgorica, rabat,
    maputo, naypyidaw, windhoek, kathmandu, amsterdam, the hague, wellington, managua, niamey, abuja,
    pyongyang, skopje, oslo, muscat, islamabad, ramallah, panama city, port moresby, asuncion, lima,
    manila, warsaw, lisbon, doha, bucharest, moscow, kigali, riyadh, dakar, belgrade, freetown,
    singapore, bratislava, ljubljana, honiara, mogadishu, pretoria, seoul, juba, madrid, colombo,
    khartoum, paramaribo, stockholm, bern, damascus, taipei, dushanbe, dodoma, bangkok, dili, lome,
    tunis, ankara, ashgabat, kampala, kyiv, kiev, abu dhabi, london, washington, washington dc,
    montevideo, tashkent, caracas, hanoi, sanaa, lusaka, harare, kremlin, white house, pentagon,
    downing street, westminster, capitol hill, gaza, hong kong, edinburgh, cardiff, vatican, holy see"""
)
"""Folded names of capitals and seats of government: what they do, their governments do."""
