// The same lists as in the north, for the west of the continent and for Britain.

export const WEST = {
  NL: `
currency: EUR
scale: 1
schemes: kenmerk
referenceShare: 14
ibanShown: 95
first: Jan|Johanna|Pieter|Maria|Willem|Annemarie|Henk|Ingrid|Sander|Femke|Bas|Sanne|Kees|Marieke|Youssef|Fatima|Joost|Lotte|Gerrit|Esther|Ruud|Anouk|Daan|Truus
last: de Jong|Jansen|de Vries|van den Berg|Bakker|Janssen|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|Kok|van Dijk|Jacobs|Vermeulen|van der Linden|Schouten|Willems|Hoekstra|Koster|Verhoeven|El Idrissi|Kuipers|van Vliet|Huisman|Postma|Yilmaz
roots: Noorder|Zuid|Oost|Haven|Polder|Gouden|Dijk|Maas|Rijn|Molen|Tulp|Linden|Waal|Kaas|Amstel|Veluwe|Brabant|Hof|Zee|Kanaal|Ster|Bosch|Delta|Kroon
trades: Bouw|Installatie|Loodgieters|Vastgoed|Administratie|Transport|Schilders|Tandartsen|Schoonmaak|Auto|Bakkerij|Advies|Houthandel|Metaal|Kappers|Fietsen|Software|Vis|Tuinen|Klimaat|Media|Techniek|Interieur|Kinderopvang
cities: Amsterdam|Rotterdam|Utrecht|Eindhoven|Groningen|Tilburg|Breda|Nijmegen|Zwolle|Leiden|Haarlem|Apeldoorn
legal: B.V.|B.V.|BV|VOF|B.V.|Holding B.V.|Stichting|
joint: en
received: {t}|{t}|/TRTP/SEPA OVERBOEKING/NAME/{n}/REMI/{t}|SEPA Overboeking Naam: {n} Omschrijving: {t}|{n} {t}|Naam: {n} Omschrijving: {t} Kenmerk: NOTPROVIDED
paid: {t}|SEPA Overboeking {n} Omschrijving: {t}|{t}|/TRTP/SEPA OVERBOEKING/NAME/{n}/REMI/{t}
card: BEA, Betaalpas {m} NR:{k} {d} {c}|{m} {c} NLD {d}|BEA, Apple Pay {m},PAS{k} {d} {c}|{m}>{c}
debit: SEPA Incasso algemeen doorlopend {n} {t}|Incasso {n} {t}|/TRTP/SEPA INCASSO/NAME/{n}/REMI/{t}|{t}
invoice: factuur|factuurnr|Factuurnummer|fact.|Betaling factuur|fac|inv
credit: creditnota|creditfactuur
order: order|bestelling
customer: klantnr|debiteurnr
thanks: bedankt|vlgs afspraak|betaling|levering|groet
instalment: deelbetaling|termijn 1|aanbetaling|betalingsregeling
rest: restant|restbedrag factuur
month: alle facturen {x}|{x}|facturen {x}|conform overzicht {x}
months: januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december
wages: Salarissen {x}|Salaris {x}|LONEN
salary: Salaris {x}|Loon {x}
taxOffice: Belastingdienst
tax: Loonheffing|Premies werknemersverzekeringen|Vennootschapsbelasting
vat: Omzetbelasting
pension: Pensioenfonds PGB|Nationale-Nederlanden Pensioen|bpfBOUW
rent: Huur|Huur bedrijfsruimte
loan: Rente en aflossing lening|Aflossing {x}
interest: Creditrente|Rente
fee: Kosten zakelijk betalingsverkeer|Bankkosten|Pakketkosten
insurance: Centraal Beheer|Interpolis|Achmea Schadeverzekeringen
transfer: Eigen rekening|Overboeking spaarrekening|Intern|Naar spaar
cash: Storting automaat|Sealbag storting
drawing: Prive opname|Opname prive
refund: Terugbetaling|Retour|Creditnota
returned: Retour onjuist rekeningnummer|Storno|Terugboeking rekening opgeheven
batch: Batch betaling|Crediteurenbetaling|Verzamelbetaling {x} posten
takings: Dagomzet|Pinomzet|Kasomzet
factoring: Bibby Factoring|ABN AMRO Asset Based Finance|Svea Finance
merchants: Albert Heijn kantoor=ALBERT HEIJN 1402|Shell tanken=SHELL DE LUCHT|Gamma=GAMMA UTRECHT W|NS reizen=NS GROEP IZ NS REIZIGERS|Coolblue=COOLBLUE B.V.|Praxis=PRAXIS 214|Parkeren=PARKMOBILE BENELUX|Lunch klant=SUMUP *EETCAFE DE HOEK|KLM=KLM 0742391201|Bol.com kantoor=BOL.COM BV|PostNL=POSTNL 3511|Taxi=CCV*TAXI CENTRALE
private: HEMA EV114|JUMBO CITY|THUISBEZORGD|KRUIDVAT 3308|DECATHLON|BIJENKORF
utilities: Eneco Zakelijk|KPN B.V.|Vodafone Libertel|Vattenfall Sales|Ziggo Zakelijk|Vitens`,
  BE: `
currency: EUR
scale: 1
schemes: ogm
referenceShare: 55
ibanShown: 95
first: Jan|Marie|Luc|Els|Marc|Nathalie|Philippe|An|Koen|Isabelle|Wim|Sophie|Dirk|Céline|Tom|Veerle|François|Greet|Jérôme|Katrien|Bart|Hélène|Yusuf|Lieve
last: Peeters|Janssens|Maes|Jacobs|Mertens|Willems|Claes|Goossens|Wouters|De Smet|Dubois|Lambert|Dupont|Martin|Simon|Leclercq|Vermeulen|De Clercq|Hermans|Desmet|Van Damme|Baert|Lemmens|Renard|Gérard|Aerts|Pauwels|Michiels|Denis|Thijs|De Backer|Van den Broeck|Lejeune|Charlier|Verstraete|Cools|Bogaerts|El Amrani|Segers|Moreau
roots: Vlaamse|Noord|Leie|Schelde|Gulden|Ardenne|Mosane|Kempen|Brugse|Lion|Kasteel|Beau|Hof|Meuse|Linde|Zand|Haute|Polder|Sint-Jan|Grand|Kouter|Bel|Euro|Waas
trades: Bouw|Elektro|Sanitair|Immo|Boekhouding|Transport|Schilderwerken|Dental|Cleaning|Garage|Bakkerij|Consult|Menuiserie|Constructions|Coiffure|Vélos|ICT|Traiteur|Toitures|Klima|Communication|Jardins|Interieur|Crèche
cities: Brussel|Antwerpen|Gent|Liège|Namur|Leuven|Brugge|Mechelen|Charleroi|Hasselt|Kortrijk|Mons
legal: BV|BV|NV|SRL|SA|BVBA|VZW|Comm.V
joint: &
received: {t}|{t}|OVERSCHRIJVING IN EURO VAN {n} MEDEDELING : {t}|VIREMENT EN EURO DE {n} COMMUNICATION : {t}|{n} {t}|INSTANTOVERSCHRIJVING {n} {t}
paid: {t}|OVERSCHRIJVING IN EURO AAN {n} {t}|VIREMENT EN FAVEUR DE {n} {t}|{n} {t}
card: BETALING MET DEBETKAART NUMMER 4871 04XX XXXX {k} {m} {c} {d}|{m} {c} {d}|PAIEMENT PAR CARTE {k} {m} {c}|{m} {c} BE
debit: EUROPESE DOMICILIERING VAN {n} {t}|DOMICILIATION EUROPEENNE {n} {t}|{n} {t}
invoice: factuur|facture|fact.|Fact nr|factuurnr|onze betaling factuur|votre facture
credit: creditnota|note de crédit|CN
order: bestelling|commande
customer: klantnr|client
thanks: dank u|merci|betaling|paiement|volgens afspraak
instalment: deelbetaling|acompte|1e schijf|plan de paiement
rest: saldo factuur|solde facture
month: alle facturen {x}|{x}|facturen {x}|zie overzicht {x}
months: januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december
wages: Lonen {x}|Salaires {x}|WEDDEN
salary: Loon {x}|Salaire {x}
taxOffice: FOD Financien
tax: Bedrijfsvoorheffing|RSZ|Vennootschapsbelasting
vat: BTW
pension: AG Insurance groepsverzekering|Vivium|NN Insurance Belgium
rent: Huur|Loyer
loan: Terugbetaling krediet|Mensualité crédit {x}|Aflossing krediet
interest: Creditinteresten|Interest
fee: Beheerskosten|Frais bancaires|Kosten rekening
insurance: AXA Belgium|Ethias|Baloise Insurance
transfer: Overdracht eigen rekening|Transfert interne|Eigen rekening|Compte épargne
cash: Storting cash|Versement espèces
drawing: Privé opname|Retrait privé
refund: Terugbetaling|Remboursement|Creditnota
returned: Terugstorting rekening afgesloten|Retour virement compte inexistant|Onbestaand rekeningnummer
batch: Verzamelopdracht|Ordre collectif|Leveranciers {x} betalingen
takings: Dagontvangst|Recettes du jour|Bancontact omzet
factoring: KBC Commercial Finance|BNP Paribas Fortis Factor|Belfius Commercial Finance
merchants: Delhaize bureau=AD DELHAIZE GENT|Total diesel=TOTAL NF HEVERLEE|Brico=BRICO 3021|NMBS=NMBS/SNCB APP|Coolblue=COOLBLUE BELGIUM|Hubo=HUBO MECHELEN|Parking=4411 PARKING|Lunch client=SUMUP *BRASSERIE LE COIN|Brussels Airlines=BRUSSELS AIR 0822|Colruyt=COLRUYT 0412|bpost=BPOST KORTRIJK|Taxi=TAXIS VERTS
private: KRUIDVAT 7120|CARREFOUR MARKET|TAKEAWAY.COM|ZEEMAN 441|DECATHLON EVERE|INNO
utilities: Engie Electrabel|Proximus|Telenet|Luminus|De Watergroep|Orange Belgium`,
  DE: `
currency: EUR
scale: 1
schemes: none
referenceShare: 0
ibanShown: 95
first: Thomas|Sabine|Michael|Petra|Andreas|Claudia|Jürgen|Monika|Stefan|Birgit|Jörg|Karin|Wolfgang|Anja|Uwe|Ursula|Mehmet|Heike|Björn|Käthe|Lukas|Lena|Günter|Silke
last: Müller|Schmidt|Schneider|Fischer|Weber|Meyer|Wagner|Becker|Schulz|Hoffmann|Schäfer|Koch|Bauer|Richter|Klein|Wolf|Schröder|Neumann|Schwarz|Zimmermann|Braun|Krüger|Hofmann|Hartmann|Lange|Schmitt|Werner|Krause|Meier|Lehmann|Köhler|Herrmann|König|Yilmaz|Groß|Weiß|Jäger|Böhm|Seidel|Vogt
roots: Nord|Rhein|Main|Alpen|Hanse|Elb|Stadt|Linden|Eichen|Sonnen|Berg|Wald|Isar|Schwarz|Alt|Ruhr|Franken|Neckar|Weser|Stern|Hof|Münster|Adler|Grün
trades: Bau|Elektro|Sanitär|Immobilien|Steuerberatung|Spedition|Malerbetrieb|Zahnarztpraxis|Gebäudereinigung|Autohaus|Bäckerei|Beratung|Holzbau|Maschinenbau|Friseur|Fahrrad|Systemhaus|Metzgerei|Tiefbau|Klimatechnik|Werbung|Gartenbau|Möbel|Kita
cities: Berlin|Hamburg|München|Köln|Frankfurt|Stuttgart|Düsseldorf|Leipzig|Nürnberg|Würzburg|Bremen|Göttingen
legal: GmbH|GmbH|GmbH & Co. KG|UG (haftungsbeschränkt)|AG|e.K.|OHG|GbR
joint: und
received: {t}|{t}|SVWZ+{t}|EREF+NOTPROVIDED SVWZ+{t}|SVWZ+{t} ABWA+{n}|{n} {t}|GUTSCHRIFT {n} {t}
paid: {t}|SVWZ+{t}|{n} {t}|SEPA-Überweisung {n} {t}|UEBERWEISUNG {t}
card: {m}//{c}/DE {d} KFN 1 VJ 2712|KARTENZAHLUNG {m} {c} {d}|{m} SAGT DANKE. {k}//{c}/DE|VISA {k} {m} {c}|{m} {c}
debit: SEPA-Lastschrift {n} {t}|FOLGELASTSCHRIFT {t}|SVWZ+{t}|{n} {t}
invoice: Rechnung|RE|Rg.|Rechnungsnr.|RG-NR|Re-Nr|Rechnung Nr.
credit: Gutschrift|GS
order: Auftrag|Bestellung
customer: KD-NR|Kundennr.
thanks: vielen Dank|lt. Vereinbarung|Zahlung|Lieferung|MfG
instalment: Teilzahlung|1. Rate|Abschlag|Rate lt. Vereinbarung
rest: Restbetrag|Rest Rechnung
month: alle Rechnungen {x}|{x}|Rechnungen {x}|gem. Aufstellung {x}
months: Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
wages: Lohn/Gehalt {x}|Löhne {x}|LOHN GEHALT
salary: Gehalt {x}|Lohn {x}|LOHN/GEHALT
taxOffice: Finanzamt
tax: Lohnsteuer|Solidaritätszuschlag|Kirchensteuer
vat: Umsatzsteuer
pension: Allianz Lebensversicherung|Techniker Krankenkasse|AOK
rent: Miete|Miete Büro
loan: Darlehen Zins und Tilgung|Annuität Darlehen {x}|Tilgung {x}
interest: Habenzinsen|Zinsen
fee: Entgelt Kontoführung|Kontoabschluss|Abrechnung Entgelte
insurance: HDI Versicherung|R+V Allgemeine|AXA Versicherung AG
transfer: Umbuchung|Übertrag|Umbuchung Tagesgeld|Eigenübertrag
cash: Einzahlung SB|Bareinzahlung
drawing: Privatentnahme|Privat
refund: Erstattung|Rückzahlung|Gutschrift
returned: Rückläufer Konto erloschen|Rückgabe IBAN fehlerhaft|RUECKUEBERWEISUNG
batch: Sammelüberweisung|Sammelauftrag|SEPA Sammler {x} Posten
takings: Tageseinnahmen|EC-Umsatz|Kassenumsatz
factoring: abcfinance|Grenke Factoring|Targobank Factoring
merchants: Edeka Büro=EDEKA MARKT 4711|Aral tanken=ARAL STATION 28|Bauhaus=BAUHAUS FIL 520|Bahn Ticket=DB VERTRIEB GMBH|Conrad=CONRAD ELECTRONIC|Hornbach=HORNBACH 612|Parken=PARKHAUS MITTE|Bewirtung=SUMUP *GASTHOF ZUR POST|Lufthansa=LUFTHANSA 2202391|Büromarkt=BÜROMARKT BÖTTCHER AG|Porto=DEUTSCHE POST 82|Taxi=SUMUP *TAXI MÜNCHEN
private: REWE KOELN|DM-DROGERIE|LIEFERANDO|ROSSMANN 1182|DECATHLON|KAUFHOF
utilities: Stadtwerke|Telekom Deutschland|Vodafone GmbH|E.ON Energie|Telefonica Germany|EnBW`,
  GB: `
currency: GBP
scale: 0.9
schemes: none
referenceShare: 0
ibanShown: 12
first: James|Sarah|David|Emma|John|Susan|Michael|Karen|Andrew|Claire|Mohammed|Priya|Robert|Helen|Simon|Rachel|Gareth|Fiona|Alan|Joanne|Callum|Siobhan|Ian|Wendy
last: Smith|Jones|Taylor|Brown|Williams|Wilson|Johnson|Davies|Robinson|Wright|Thompson|Evans|Walker|White|Roberts|Green|Hall|Wood|Harris|Martin|Jackson|Clarke|Khan|Patel|Lewis|Morgan|O'Brien|MacDonald|Campbell|Stewart|Hughes|Edwards|Ahmed|Begum|Cooper|Ward|Turner|Hill|Murphy|Shaw
roots: North|Kings|Thames|Oak|Bridge|River|Albion|Castle|Green|High|Mill|Abbey|Severn|Peak|Red|Harbour|Ash|Elm|Crown|West|Park|Queens|Stone|Wharf
trades: Builders|Electrical|Plumbing|Properties|Accountants|Haulage|Decorators|Dental|Cleaning|Motors|Bakery|Consulting|Joinery|Engineering|Hair|Cycles|Systems|Catering|Groundworks|Heating|Media|Landscapes|Interiors|Nurseries
cities: London|Manchester|Leeds|Bristol|Cardiff|Glasgow|Belfast|Norwich|Derby|Exeter|Hull|Reading
legal: Ltd|Limited|Ltd|LLP|PLC|& Sons Ltd|Group Ltd|
joint: and
received: {t}|{n} {t}|FPI {n} {t}|BGC {n} {t}|FASTER PAYMENTS RECEIPT REF.{t} FROM {n}|{n} BACS {t}
paid: {t}|{n} {t}|FPO {n} {t}|BILL PAYMENT TO {n} REFERENCE {t}|BP {n} {t}
card: CARD PAYMENT TO {m} ON {d}|{k} {d} {m} {c} GB|{m} {c}|DEB {m} CD {k}|{m} ON {d} CLP
debit: DD {n} {t}|DIRECT DEBIT PAYMENT TO {n} REF {t}|{n} {t}
invoice: invoice|INV|Inv no|invoice no.|inv#|Bill|I/N
credit: credit note|CN
order: order|PO
customer: acc no|a/c
thanks: thanks|as agreed|payment|goods|cheers
instalment: part payment|instalment|1 of 3|on account as agreed
rest: balance|bal of inv
month: all invoices {x}|{x}|{x} statement|invs {x}
months: January|February|March|April|May|June|July|August|September|October|November|December
wages: Wages {x}|PAYROLL|BACS WAGES {x}
salary: Wages|Salary {x}|PAY {x}
taxOffice: HMRC
tax: PAYE|National Insurance|Student loan deductions
vat: VAT
pension: NEST|The Peoples Pension|Aviva Pensions
rent: Rent|Office rent
loan: Loan repayment|LOAN {x}
interest: Gross interest|Interest
fee: Account fee|Total charges to|Bank charges|Service charges
insurance: AXA Insurance UK|Hiscox|Aviva
transfer: Transfer|Own account|To savings|TFR
cash: Cash paid in|CREDIT PAID IN AT BRANCH
drawing: Drawings|Directors loan
refund: Refund|Repayment|Credit note
returned: Returned payment account closed|UNPAID BACS|RTN invalid account
batch: BACS suppliers|BULK PAYMENT|Supplier run {x} items
takings: Daily takings|Card sales|Till takings
factoring: Bibby Financial Services|Aldermore Invoice Finance|Close Brothers
merchants: Tesco office=TESCO STORES 3214|Shell fuel=SHELL A14 SERVICES|Screwfix=SCREWFIX DIR LTD|Trainline=TRAINLINE.COM|Currys=CURRYS ONLINE|B&Q=B & Q 1172|Parking=RINGGO PARKING|Client lunch=SQ *THE OLD CROWN|easyJet=EASYJET K4XQ9|Viking office=VIKING DIRECT|Royal Mail=POST OFFICE COUNTER|Cab=UBER *TRIP
private: SAINSBURYS S/MKTS|MARKS&SPENCER PLC|DELIVEROO|BOOTS 1182|JD SPORTS|NANDOS
utilities: British Gas Business|BT Group|EE Limited|Octopus Energy|Thames Water|Vodafone Ltd`,
  FR: `
currency: EUR
scale: 1
schemes: none
referenceShare: 0
ibanShown: 40
first: Jean|Marie|Pierre|Nathalie|Michel|Isabelle|François|Sylvie|Philippe|Céline|Jérôme|Hélène|Nicolas|Aurélie|Mohamed|Chantal|Éric|Sandrine|Luc|Zoé|Karim|Béatrice|Rémi|Jeanne
last: Martin|Bernard|Thomas|Petit|Robert|Richard|Durand|Dubois|Moreau|Laurent|Simon|Michel|Lefebvre|Leroy|Roux|David|Bertrand|Morel|Fournier|Girard|Bonnet|Dupont|Lambert|Fontaine|Rousseau|Vincent|Müller|Lefèvre|Faure|André|Mercier|Blanc|Guérin|Boyer|Garnier|Chevalier|François|Legrand|Gauthier|Benali
roots: Nord|Val de Loire|Atlantique|Mont|Bel|Grand|Saint-Michel|Provence|Beau|Château|Rive|Vieux|Armor|Alpes|Soleil|Moulin|Roc|Clair|Prés|Haut|Lys|Garonne|Étoile|Bois
trades: Bâtiment|Électricité|Plomberie|Immobilier|Comptabilité|Transports|Peinture|Dentaire|Nettoyage|Automobiles|Boulangerie|Conseil|Menuiserie|Mécanique|Coiffure|Cycles|Informatique|Traiteur|Travaux|Climatisation|Communication|Paysages|Mobilier|Crèche
cities: Paris|Lyon|Marseille|Nantes|Bordeaux|Lille|Rennes|Grenoble|Nîmes|Orléans|Besançon|Angers
legal: SARL|SARL|SAS|SASU|SA|EURL|SCI|
joint: et
received: {t}|VIR SEPA RECU /DE {n} /MOTIF {t} /REF NOTPROVIDED|VIR {n} {t}|VIR INST {n} {t}|VIREMENT DE {n} {t}|{t}
paid: {t}|VIR SEPA EMIS /MOTIF {t} /BEN {n}|VIR {n} {t}|VIREMENT FAVEUR TIERS {n} {t}
card: CB {m} {d}|CARTE X{k} {d} {m}|PAIEMENT CB {d} {c} {m}|FACTURE CARTE DU {d} {m} {c} CARTE 4974XXXXXXXX{k}|{m} {c}
debit: PRLV SEPA {n} {t}|PRLV {n}|PRELEVEMENT EUROPEEN DE: {n} MOTIF: {t}|{n} {t}
invoice: facture|FACT|Fact n°|facture n°|FA|règlement facture|fac
credit: avoir|avoir n°
order: commande|bon de commande
customer: client|n° client
thanks: merci|selon accord|règlement|paiement|marchandises
instalment: acompte|1er versement|échéance 1/3|paiement partiel
rest: solde|solde facture
month: toutes factures {x}|{x}|factures {x}|relevé {x}
months: janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
wages: Salaires {x}|PAIE {x}|VIR SALAIRES
salary: Salaire {x}|Paie {x}
taxOffice: DGFIP
tax: Prélèvement à la source|URSSAF|Impôt sur les sociétés
vat: TVA
pension: Malakoff Humanis|AG2R Agirc-Arrco|Klesia
rent: Loyer|Loyer local
loan: Echéance prêt|ECH PRET {x}|Remboursement emprunt
interest: Intérêts créditeurs|Intérêts
fee: Frais de tenue de compte|Cotisation compte pro|Commission de mouvement
insurance: MAAF Assurances|Groupama|AXA France
transfer: Virement interne|Compte à compte|Vers livret|Trésorerie
cash: Versement espèces|Remise espèces
drawing: Prélèvement exploitant|Compte courant associé
refund: Remboursement|Avoir|Rbt
returned: Rejet virement compte clos|Virement retourné IBAN incorrect|REJET VIR COORDONNEES INEXPLOITABLES
batch: Virements fournisseurs|VIR MULTIPLES|Remise de {x} virements
takings: Recettes du jour|Ventes CB|Caisse
factoring: BNP Paribas Factor|Eurofactor|Bpifrance
merchants: Monoprix bureau=MONOPRIX 4120|Total carburant=TOTAL ACCESS A6|Leroy Merlin=LEROY MERLIN 112|SNCF billets=SNCF INTERNET|Fnac=FNAC.COM|Castorama=CASTORAMA 1402|Parking=INDIGO 931107|Déjeuner client=SUMUP *LE BISTROT|Air France=AIR FRANCE 0572|Bureau Vallée=BUREAU VALLEE|La Poste=LA POSTE 441290|Taxi=G7 TAXI
private: CARREFOUR CITY|SEPHORA|UBER EATS|PHARMACIE CENTRALE|DECATHLON|ZARA FRANCE
utilities: EDF Entreprises|Orange SA|SFR Business|Engie|Free Pro|Veolia Eau`,
} as const
