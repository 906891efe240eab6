// Who pays whom in the north, and what their banks print. One list a line, its items between bars.
// In the phrases: {t} what the payer wrote, {n} a name, {d} a day, {m} a shop, {c} a town, {k} the last of a card.

export const NORTH = {
  NO: `
currency: NOK
scale: 10
schemes: kid10|kid11
referenceShare: 62
ibanShown: 35
first: Ingrid|Bjørn|Solveig|Håkon|Marit|Øyvind|Kari|Torbjørn|Silje|Geir|Åse|Magnus|Hilde|Terje|Anne Lise|Jan Erik|Eirik|Tone|Sindre|Ragnhild|Mohammed|Kjersti|Svein|Camilla
last: Hansen|Johansen|Olsen|Larsen|Andersen|Nilsen|Kristiansen|Bakken|Haugen|Moen|Sørensen|Ødegård|Lund|Solberg|Strand|Myhre|Aas|Fjeld|Bråten|Tveit|Sæther|Rønning|Hauge|Eide|Vik|Nygård|Dahl|Lie|Aune|Myklebust|Gundersen|Hovland|Kvam|Skoglund|Ali|Nguyen|Grønvold|Stensrud|Wiik|Øverland
roots: Fjell|Nord|Vest|Havn|Skog|Strand|Bryggen|Solsiden|Elve|Tind|Fossen|Lier|Viken|Kyst|Dal|Myr|Aker|Bygdøy|Rør|Granli|Lysaker|Måke|Furu|Ekeberg
trades: Bygg|Elektro|Rørservice|Eiendom|Regnskap|Transport|Maler|Tannklinikk|Renhold|Bil|Kafé|Consulting|Trelast|Maskin|Frisør|Sport|Data|Fisk|Entreprenør|Ventilasjon|Reklame|Legesenter|Snekkeri|Barnehage
cities: Oslo|Bergen|Trondheim|Ålesund|Tromsø|Drammen|Bodø|Moss|Hamar|Sandefjord|Skien|Kristiansand
legal: AS|AS|AS|AS|ENK|ANS|ASA|SA
joint: og
received: {t}|{t}|{n} {t}|Fra: {n} Betalt: {d} {t}|Giro {t}|Innbetaling {t}|Overføring innland {n} {t}
paid: {t}|Nettgiro til: {n} Betalt: {d} {t}|Til: {n} {t}|E-faktura {n} {t}|Betaling innland {t}
card: Varekjøp {m} {c} Dato {d}|*{k} {d} NOK {a} {m} Kurs: 1.0000|Visa {k} {m} {c}|{m} {c}|Kortkjøp {d} {m}
debit: Avtalegiro {n} {t}|Avtalegiro til {n}|{n} {t}
invoice: faktura|Faktura nr|fakt.|fakturanr|fnr|Betaling av faktura|inv
credit: kreditnota|kreditfaktura
order: ordre|bestilling
customer: kundenr|kunde
thanks: takk for oppdraget|mvh|iht avtale|betaling|varer|oppgjør
instalment: delbetaling|avdrag|1. del|del av faktura|nedbetaling iht avtale
rest: rest|restbeløp faktura
month: alle fakturaer {x}|{x}|fakturaer for {x}|jfr kontoutdrag {x}
months: januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember
wages: Lønn {x}|Lønnskjøring {x}|LØNN
salary: Lønn {x}|Lønn|Netto lønn {x}
taxOffice: Skatteetaten
tax: Forskuddstrekk|Arbeidsgiveravgift|Finansskatt
vat: Mva
pension: Storebrand Livsforsikring|KLP|DNB Livsforsikring
rent: Husleie|Leie lokale
loan: Lån avdrag og renter|Terminbeløp lån|Lån {x} renter og avdrag
interest: Kreditrenter|Renter
fee: Omkostninger|Kontohold pris|Gebyr betalinger|Priser Nettbank bedrift
insurance: Gjensidige Forsikring|If Skadeforsikring|Tryg Forsikring
transfer: Overføring mellom egne konti|Egen konto|Overført|Til skattetrekkskonto
cash: Innskudd automat|Kontantinnskudd nattsafe
drawing: Privat uttak|Uttak eier|Til privat
refund: Tilbakebetaling|Refusjon|Kreditnota
returned: Retur ugyldig kontonummer|Tilbakeført betaling|Retur avsluttet konto
batch: Masseutbetaling|Remittering|Utbetaling {x} bilag
takings: Dagsoppgjør|Kortomsetning|Kasseoppgjør
factoring: Svea Finans|Kredinor Factoring|Aros Kapital
merchants: Kiwi=KIWI 512|Circle K=CIRCLE K ALNABRU|Clas Ohlson=CLAS OHLSON 1027|NSB/Vy=VY APP|Elkjøp=ELKJOP PHONEHOUSE|Biltema=BILTEMA NORGE AS|Jula=JULA 8012|Parkering=EASYPARK AS|Byggmakker lunsj=BAKER HANSEN|Norwegian flybilletter=NORWEGIAN AIR DY4KX2|Postnord=POSTEN NORGE 0159|Taxi=VIPPS*OSLO TAXI
private: REMA 1000 BYÅSEN|VINMONOPOLET|XXL SPORT|FOODORA|MENY CC|APOTEK 1
utilities: Fjordkraft|Telenor Norge|Telia|Ice Communication|Tibber Norge|Hafslund Vekst`,
  SE: `
currency: SEK
scale: 10
schemes: ocr
referenceShare: 52
ibanShown: 15
first: Erik|Anna|Lars|Karin|Åsa|Göran|Björn|Malin|Johan|Sofia|Mats|Ulrika|Håkan|Emma|Per|Birgitta|Oskar|Elin|Jörgen|Fatima|Ahmed|Lisa|Nils|Kerstin
last: Andersson|Johansson|Karlsson|Nilsson|Eriksson|Larsson|Olsson|Persson|Svensson|Gustafsson|Lindberg|Lindström|Sjöberg|Bergström|Åkesson|Öberg|Holmgren|Wallin|Engström|Nyström|Hedlund|Björk|Sandström|Forsberg|Ekström|Lundqvist|Mattsson|Hellström|Söderlund|Åström|Norberg|Blom|Hassan|Strömberg|Dahlgren|Lund|Fransson|Ström|Nordin|Rosén
roots: Mälar|Norr|Väst|Björk|Ek|Sjö|Göta|Tall|Sten|Hamn|Ö|Kron|Alm|Lunda|Vasa|Skåne|Kulla|Berg|Fågel|Hälsing|Stads|Klar|Dal|Ström
trades: Bygg|El|VVS|Fastigheter|Redovisning|Åkeri|Måleri|Tandvård|Städ|Bil|Konditori|Konsult|Trä|Mekaniska|Data|Livs|Plåt|Reklambyrå|Golv|Trädgård|Juridik|Schakt|Möbler|Förskola
cities: Stockholm|Göteborg|Malmö|Uppsala|Örebro|Västerås|Växjö|Umeå|Luleå|Jönköping|Borås|Gävle
legal: AB|AB|AB|AB|HB|KB|Ek. för.|AB (publ)
joint: &
received: {t}|{t}|Bg {n} {t}|Bankgiroinbetalning {t}|Insättning {n} {t}|{n}|Överföring {n} {t}
paid: {t}|Bg-betalning {n} {t}|Betalning {n} {t}|LB {n}|Pg {n} {t}
card: Kortköp {d} {m}|Kortköp {m} {c}|{m} /{d}|K*{k} {m} {c}|Köp {m}
debit: Autogiro {n}|Autogiro {n} {t}|{n} {t}
invoice: faktura|fakt|fakturanr|Fakturanummer|Avser faktura|inv|f-nr
credit: kreditfaktura|kredit
order: order|best.nr
customer: kundnr|kund
thanks: tack|enl ök|betalning|varor|mvh
instalment: delbetalning|avbetalning|del 1|enl avbetalningsplan
rest: rest|restbelopp
month: alla fakturor {x}|{x}|fakturor för {x}|enl kontoutdrag {x}
months: januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december
wages: Lön {x}|Löner|LÖN {x}
salary: Lön|Lön {x}
taxOffice: Skatteverket
tax: Arbetsgivaravgift|Avdragen skatt|F-skatt
vat: Moms
pension: Collectum|Alecta|Fora
rent: Hyra|Lokalhyra
loan: Lån ränta amortering|Betalning lån|Amortering och ränta {x}
interest: Ränta|Kreditränta
fee: Bankavgift|Pris betalningar|Avgift bankgiro|Kontoavgift
insurance: Länsförsäkringar|Trygg-Hansa|If Skadeförsäkring
transfer: Överföring|Egen överföring|Omföring|Till sparkonto
cash: Insättning kontant|Dagskassa insättning
drawing: Eget uttag|Privat uttag
refund: Återbetalning|Retur|Kreditfaktura
returned: Återsänd betalning fel konto|Retur utbetalning|Felaktigt kontonummer
batch: Leverantörsbetalningar|LB-uttag|Utbetalning {x} poster
takings: Dagskassa|Kortförsäljning|Z-rapport
factoring: Svea Bank Factoring|Collector Factoring|Qred
merchants: ICA kontoret fika=ICA NARA TORGET|OKQ8=OKQ8 E4 SYD|Clas Ohlson=CLAS OHLSON AB 014|SJ tåg=SJ INTERNETBUTIK|Dustin=DUSTIN SVERIGE AB|Biltema=BILTEMA SWEDEN|Parkering=EASYPARK SVERIGE|Lunch kund=IZ *BISTRO ROST|SAS flyg=SAS 1172493021|Byggmax=BYGGMAX 118|Postnord=POSTNORD OMBUD|Taxi=TAXI STHLM 150000
private: SYSTEMBOLAGET|H&M 0412|WILLYS|APOTEKET HJÄRTAT|STADIUM|FOODORA AB
utilities: Vattenfall Kundservice|Telia Sverige|Tele2 Sverige|Ellevio|Telenor Sverige|Göteborg Energi`,
  DK: `
currency: DKK
scale: 7.5
schemes: fik
referenceShare: 36
ibanShown: 30
first: Mette|Søren|Lone|Jørgen|Anne|Lars|Kirsten|Bjarne|Pernille|Ole|Gitte|Rasmus|Tina|Jens|Åse|Thomas|Line|Henrik|Camilla|Niels|Fatma|Birgit|Kåre|Louise
last: Jensen|Nielsen|Hansen|Pedersen|Andersen|Christensen|Larsen|Sørensen|Rasmussen|Jørgensen|Madsen|Kristensen|Olsen|Thomsen|Poulsen|Johansen|Møller|Mortensen|Knudsen|Østergaard|Vestergaard|Lauridsen|Holm|Krogh|Bæk|Nørgaard|Søndergaard|Friis|Winther|Dam|Skov|Bertelsen|Kjær|Lund|Toft|Overgaard|Ahmed|Hald|Juhl|Ågård
roots: Vester|Øster|Nord|Fyns|Sønder|Havne|Lille|Bøge|Ege|Strand|Bakke|Mølle|Kloster|Skov|Aa|Tårn|Lange|Fjord|Kirke|Hede|Brogade|Hvid|Sjællands|Rold
trades: Byg|El-Service|VVS|Ejendomme|Revision|Vognmand|Maler|Tandlæge|Rengøring|Auto|Bageri|Consult|Tømrer|Maskinfabrik|Frisør|Cykler|IT|Fisk|Entreprise|Gulve|Reklame|Gartneri|Smede|Vinduer
cities: København|Aarhus|Odense|Aalborg|Esbjerg|Randers|Kolding|Horsens|Vejle|Roskilde|Næstved|Hillerød
legal: ApS|ApS|A/S|A/S|I/S|K/S|v/{p}|ApS
joint: &
received: {t}|{t}|{n} {t}|Bgs {n} {t}|Overførsel {n} {t}|FIK {t}|Indbetaling {n}
paid: {t}|Bgs {n} {t}|Overførsel til {n} {t}|Betaling {t}|NETS {n} {t}
card: Dankort-nota {m} {k}|Visa køb {m} {c} d. {d}|DK {m} {c}|{m} {d}|Dankort {m}
debit: BS {n} {t}|Betalingsservice {n}|{n} {t}
invoice: faktura|fakt.|Faktura nr.|fakturanr|Vedr. faktura|regning|inv.
credit: kreditnota|kreditnota nr
order: ordre|rekv
customer: kundenr.|kunde nr
thanks: tak|jf. aftale|betaling|varekøb|hilsen
instalment: delbetaling|afdrag|1. rate|rate iht. aftale
rest: rest|restbeløb
month: alle fakturaer {x}|{x}|fakturaer {x}|iflg. kontoudtog {x}
months: januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december
wages: Lønoverførsel {x}|Løn {x}|LØN
salary: Lønoverførsel|Løn {x}
taxOffice: Skatteforvaltningen
tax: A-skat|AM-bidrag|Selskabsskat
vat: Moms
pension: PFA Pension|PensionDanmark|ATP
rent: Husleje|Leje lokaler
loan: Lån ydelse|Ydelse {x} lån
interest: Rentetilskrivning|Renter
fee: Gebyr|Kontogebyr|Gebyr konto|Netbank Erhverv abonnement
insurance: Tryg Forsikring|Topdanmark|Alm. Brand Forsikring
transfer: Overførsel|Egen konto|Til opsparing|Intern overførsel
cash: Indbetaling kontant|Døgnboks
drawing: Privat hævning|Hævet privat
refund: Tilbagebetaling|Refusion|Kreditnota
returned: Returneret betaling ukendt konto|Retur overførsel|Afvist kontonr.
batch: Massebetaling|Leverandørbetalinger|Betalinger {x} stk
takings: Dagens salg|Kasseafstemning|Dankortsalg
factoring: Nordea Finans Factoring|Dansk Factoring|Svea Finans
merchants: Netto kontor=NETTO 4431 NØRREBRO|OK Benzin=OK PLUS RINGSTED|Jem & Fix=JEM OG FIX 112|DSB billet=DSB MOBILBILLET|Proshop=PROSHOP.DK|Bilka=BILKA TILST|Parkering=EASYPARK A/S|Frokost kunde=ZETTLE *CAFE NORD|SAS fly=SAS SCANDINAVIAN|Silvan=SILVAN 4020|Porto=POSTNORD DK|Taxa=TAXA 4X35
private: MATAS 211|FØTEX|VINO & CO|SPORTMASTER|WOLT|REMA1000 VANLØSE
utilities: Ørsted Salg|TDC Erhverv|Norlys|Telenor DK|HOFOR|Andel Energi`,
  FI: `
currency: EUR
scale: 1
schemes: viite|viite|rf
referenceShare: 74
ibanShown: 60
first: Matti|Anneli|Juhani|Maria|Tapio|Kaarina|Antti|Päivi|Jukka|Sari|Mikko|Riikka|Heikki|Tuula|Ville|Katja|Pekka|Hanna|Jari|Leena|Erkki|Åsa|Timo|Outi
last: Korhonen|Virtanen|Mäkinen|Nieminen|Mäkelä|Hämäläinen|Laine|Heikkinen|Koskinen|Järvinen|Lehtonen|Saarinen|Salminen|Heinonen|Niemi|Salonen|Turunen|Tuominen|Rantanen|Karjalainen|Jokinen|Mattila|Savolainen|Lahtinen|Ahonen|Väisänen|Pitkänen|Laaksonen|Hiltunen|Kärkkäinen|Lindholm|Öhman|Räsänen|Kettunen|Aalto|Holm|Manninen|Pulkkinen|Toivonen|Ylönen
roots: Pohjan|Etelä|Järvi|Kivi|Satama|Koivu|Meri|Lahden|Hämeen|Savon|Pirkan|Lumi|Metsä|Vanha|Uusi|Ranta|Kartano|Tähti|Itä|Suomen|Laakso|Haka|Vaara|Kallio
trades: Rakennus|Sähkö|LVI|Kiinteistöt|Tilipalvelu|Kuljetus|Maalaus|Hammas|Siivous|Auto|Kahvila|Konsultointi|Puu|Konepaja|Parturi|Urheilu|Data|Kala|Maarakennus|Ilmastointi|Mainos|Lääkärit|Kaluste|Puutarha
cities: Helsinki|Espoo|Tampere|Turku|Oulu|Jyväskylä|Lahti|Kuopio|Pori|Vaasa|Hämeenlinna|Rovaniemi
legal: Oy|Oy|Oy|Oy|Ky|Tmi|Oyj|Ab
joint: ja
received: {t}|{t}|TILISIIRTO {n} {t}|VIITESIIRTO {n}|SEPA-MAKSU {n} VIESTI: {t}|{n} {t}
paid: {t}|TILISIIRTO {n} {t}|SEPA-MAKSU {n} {t}|E-LASKU {n} {t}|Verkkopankkimaksu {t}
card: KORTTIOSTO {m} {c}|OSTO {m} {d}|{m} {c} {k}|Visa-osto {m}|PIN-osto {m} {c} {d}
debit: SUORAMAKSU {n} {t}|E-LASKU {n}|{n} {t}
invoice: lasku|laskunro|Lasku nro|laskunumero|Maksu laskusta|inv|faktura
credit: hyvityslasku|hyvitys
order: tilaus|tilausnro
customer: asiakasnro|asnro
thanks: kiitos|sopimuksen mukaan|maksu|tavaroista|t.
instalment: osamaksu|1. erä|osasuoritus|maksusuunnitelma
rest: loppusumma|loppuosa lasku
month: kaikki laskut {x}|{x}|laskut {x}|tiliote {x}
months: tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu|marraskuu|joulukuu
wages: Palkat {x}|PALKKA|Palkanmaksu {x}
salary: PALKKA|Palkka {x}
taxOffice: Verohallinto
tax: Ennakonpidätys|Sairausvakuutusmaksu|Ennakkovero
vat: Arvonlisävero
pension: Ilmarinen|Varma|Elo
rent: Vuokra|Toimitilavuokra
loan: Lainan lyhennys ja korko|Laina {x} lyhennys
interest: Talletuskorko|Korko
fee: Palvelumaksu|Palveluveloitus|Tilinhoitomaksu
insurance: LähiTapiola|If Vahinkovakuutus|Fennia
transfer: Oma siirto|Tilisiirto oma tili|Siirto|Säästöön
cash: Käteispano|Pano kassa
drawing: Yksityisotto|Yksityiskäyttö
refund: Palautus|Hyvitys|Hyvityslasku
returned: Palautettu maksu tili lopetettu|Maksun palautus|Virheellinen tilinumero
batch: Erämaksu|Laskujen maksu|Maksut {x} kpl
takings: Päivän myynti|Korttimyynti|Kassatilitys
factoring: Intrum Rahoitus|Svea Rahoitus|OP Yrityspankki Factoring
merchants: K-Market toimisto=K-MARKET KAMPPI|Neste=NESTE EXPRESS VUOSAARI|Clas Ohlson=CLAS OHLSON FIN|VR junaliput=VR-YHTYMA OYJ|Verkkokauppa=VERKKOKAUPPA.COM OYJ|Motonet=MOTONET OY TRE|Pysäköinti=EASYPARK OY|Lounas asiakas=ZETTLE_*RAVINTOLA ILO|Finnair=FINNAIR 105-2392|K-Rauta=K-RAUTA LIELAHTI|Posti=POSTI OYJ 00100|Taksi=TAKSI HELSINKI 9821
private: ALKO 1120|PRISMA KALEVA|LIDL ESPOO|WOLT HELSINKI|XXL OULU|APTEEKKI
utilities: Helen Oy|Elisa Oyj|DNA Oyj|Telia Finland|Fortum Markets|Caruna Oy`,
} as const
