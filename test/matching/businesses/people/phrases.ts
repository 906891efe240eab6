// How a payer of each language speaks of an invoice.

export type Language = 'no' | 'sv' | 'da' | 'fi' | 'nl' | 'fr' | 'de' | 'en'

export type Phrases = {
  readonly invoice: readonly string[]
  readonly invoices: readonly string[]
  readonly credit: readonly string[]
  readonly customer: readonly string[]
  readonly order: readonly string[]
  readonly and: string
  readonly months: readonly string[]
  readonly instalment: readonly string[]
  readonly final: readonly string[]
  readonly paid: readonly string[]
  readonly thanks: readonly string[]
  /** What private people write instead of a number; {STREET}, {NAME} and {DAY} are theirs. */
  readonly chat: readonly string[]
  readonly rent: readonly string[]
  readonly salary: readonly string[]
  readonly own: readonly string[]
  readonly private: readonly string[]
  readonly batch: readonly string[]
  readonly deposit: string
  readonly returned: readonly string[]
  readonly fee: readonly string[]
  readonly interest: readonly string[]
}

const words = (text: string): readonly string[] => text.split('|')

export const phrases: Readonly<Record<Language, Phrases>> = {
  no: {
    invoice: words(
      'Faktura|faktura|Fakturanr|fakt.|fakt nr|Fakturanr.:|fakturanummer|FAKTURA NR|f.nr|Betaling faktura',
    ),
    invoices: words('Fakturaer|faktura|Betaler faktura|fakt'),
    credit: words('kreditnota|KN|kredit|minus kreditnota'),
    customer: words('kundenr|kundenummer|Kunde'),
    order: words('ordre|ordrenr|bestilling'),
    and: 'og',
    months: words('januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember'),
    instalment: words('delbetaling|avdrag|rate|a konto'),
    final: words('rest|resten|sluttoppgjør'),
    paid: words('betaling|innbetaling|oppgjør'),
    thanks: words('takk for hjelpen|takk!|mvh|Takk for jobben'),
    chat: words(
      'terrassen|{STREET} bad|kjøkken {STREET}|for arbeid i {STREET}|betaling fra {NAME}|oppussing|regning|se vedlegg|som avtalt|for {MONTH}',
    ),
    rent: words('Husleie|Leie|felleskostnader|Leie lokaler'),
    salary: words('Lønn|lønn|Lønn {MONTH}|Utbetaling lønn'),
    own: words('Overføring|Overføring egen konto|til drift|mellom egne kontoer|Flytting'),
    private: words('Privat|uttak|privatuttak|til eier'),
    batch: words('Samlebetaling|Lønn samlet|Remittering'),
    deposit: 'Innskudd',
    returned: words('Returnert betaling|Retur, ukjent konto|Avvist'),
    fee: words('Omkostninger|Gebyr|Transaksjonsgebyr|Prisendring nettbank|Månedspris'),
    interest: words('Renter|Kreditrenter|Debetrenter'),
  },
  sv: {
    invoice: words('Faktura|faktura|fakt|Fakt.nr|Fakturanr|fakturanummer|Avser faktura|FNR|Bet faktura'),
    invoices: words('Fakturor|faktura nr|Avser fakturor|Fakt'),
    credit: words('kreditfaktura|kredit|KF|avdrag kredit'),
    customer: words('kundnr|kundnummer|Kund'),
    order: words('order|ordernr|beställning'),
    and: 'och',
    months: words('januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december'),
    instalment: words('delbetalning|avbetalning|del'),
    final: words('slutbetalning|rest|resterande'),
    paid: words('betalning|inbetalning'),
    thanks: words('tack för hjälpen|tack|mvh|Tack så mycket'),
    chat: words(
      'altan|badrum {STREET}|snickeri {STREET}|kök|enl överenskommelse|från {NAME}|räkning|renovering|avser {MONTH}|taket',
    ),
    rent: words('Hyra|Lokalhyra|månadsavgift|Avgift'),
    salary: words('Lön|LÖN|Lön {MONTH}|löneutbetalning'),
    own: words('Överföring|Egen överföring|till sparkonto|Flytt|Överf mellan egna konton'),
    private: words('Eget uttag|privat|Uttag'),
    batch: words('Löner|Leverantörsbet|LB-betalning'),
    deposit: 'Insättning',
    returned: words('Återredovisad betalning|Retur|Stoppad betalning'),
    fee: words('Avgift|Bankavgift|Pris betalning|Kontoavgift'),
    interest: words('Ränta|Kapitaliserad ränta|Dröjsmålsränta'),
  },
  da: {
    invoice: words('Faktura|faktura|fakt.|Fakturanr.|fak|Faktura nr.|Vedr. faktura|regning nr'),
    invoices: words('Fakturaer|faktura|fakt.|Vedr. fakturaer'),
    credit: words('kreditnota|KN|kredit|fratrukket kreditnota'),
    customer: words('kundenr.|kunde|Debitornr'),
    order: words('ordre|ordrenr.|Deres ordre'),
    and: 'og',
    months: words('januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december'),
    instalment: words('rate|delbetaling|a conto|aconto'),
    final: words('rest|restbetaling|slutafregning'),
    paid: words('betaling|indbetaling'),
    thanks: words('tak for hjælpen|mange tak|mvh|tak'),
    chat: words(
      'tagrende|køkken {STREET}|badeværelse|arbejde {STREET}|som aftalt|fra {NAME}|regning|for {MONTH}|vinduer',
    ),
    rent: words('Husleje|Leje|Boligafgift|Leje erhverv'),
    salary: words('Løn|Løn {MONTH}|lønoverførsel'),
    own: words('Overførsel|til opsparing|Egen konto|Overf.'),
    private: words('Privat|Hævet privat|privatforbrug'),
    batch: words('Lønkørsel|Samlet betaling|Leverandørbetaling'),
    deposit: 'Indbetaling',
    returned: words('Tilbageført|Returneret overførsel|Afvist betaling'),
    fee: words('Gebyr|Gebyrer og omk.|Kontogebyr|Transaktionsgebyr'),
    interest: words('Rente|Tilskrevne renter|Renter'),
  },
  fi: {
    invoice: words('Lasku|lasku|laskunro|Lasku nro|Laskun nro|LASKU|lask.nro'),
    invoices: words('Laskut|laskut|Laskut nro'),
    credit: words('hyvityslasku|hyvitys|HL'),
    customer: words('asiakasnro|asiakas|As.nro'),
    order: words('tilaus|tilausnro'),
    and: 'ja',
    months: words(
      'tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu|marraskuu|joulukuu',
    ),
    instalment: words('osamaksu|erä|osasuoritus'),
    final: words('loppuerä|loput|loppumaksu'),
    paid: words('maksu|suoritus'),
    thanks: words('kiitos|kiitos avusta|terv.'),
    chat: words('terassi|keittiö {STREET}|remontti|sopimuksen mukaan|maksaja {NAME}|työt {STREET}|{MONTH}|sauna|katto'),
    rent: words('Vuokra|Toimitilavuokra|Vastike|Hoitovastike'),
    salary: words('Palkka|Palkka {MONTH}|PALKKA'),
    own: words('Oma siirto|Siirto|säästötilille|Omien tilien välinen'),
    private: words('Yksityisotto|oma käyttö|Yksityiskäyttö'),
    batch: words('Palkat|Maksuerä|Koontiveloitus'),
    deposit: 'Pano',
    returned: words('Palautus|Palautettu maksu|Hylätty'),
    fee: words('Palvelumaksu|Palvelumaksut|Tilinhoitomaksu|Toimitusmaksu'),
    interest: words('Korko|Hyvityskorko|Viivästyskorko'),
  },
  nl: {
    invoice: words('Factuur|factuur|factuurnr|fact.|factnr|Factuurnummer|fctr|betreft factuur|Betaling factuur'),
    invoices: words('Facturen|facturen|fact.nrs|betr. facturen'),
    credit: words('creditnota|credit|CN|min creditfactuur'),
    customer: words('klantnr|debiteurnr|klantnummer'),
    order: words('order|bestelling|ordernr'),
    and: 'en',
    months: words('januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december'),
    instalment: words('termijn|deelbetaling|aanbetaling'),
    final: words('restant|slotbetaling|rest'),
    paid: words('betaling|voldaan'),
    thanks: words('bedankt|dank voor het werk|groet|mvg'),
    chat: words(
      'dakkapel|keuken {STREET}|badkamer|werk {STREET}|zoals afgesproken|namens {NAME}|rekening|verbouwing|maand {MONTH}|kozijnen',
    ),
    rent: words('Huur|Huur bedrijfspand|servicekosten|VvE bijdrage'),
    salary: words('Salaris|salaris {MONTH}|Loon|SALARIS'),
    own: words('Overboeking|naar spaarrekening|eigen rekening|Interne overboeking'),
    private: words('Privé|prive opname|Privéopname'),
    batch: words('Salarisbatch|Verzamelbetaling|Crediteurenbatch'),
    deposit: 'Storting',
    returned: words('Retour|Storno|Terugboeking onbekende rekening'),
    fee: words('Kosten|Kosten zakelijk betalingsverkeer|Transactiekosten|Pakketkosten'),
    interest: words('Rente|Creditrente|Afsluiting rente'),
  },
  fr: {
    invoice: words('Facture|facture|Fact|FACT.|fact n°|Facture no|Règlement facture|Fac|Rgt fact'),
    invoices: words('Factures|Règlement factures|fact|Fcts'),
    credit: words('avoir|AV|déduction avoir|moins avoir'),
    customer: words('client|code client|n° client'),
    order: words('commande|cde|bon de commande'),
    and: 'et',
    months: words('janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre'),
    instalment: words('acompte|versement|échéance'),
    final: words('solde|reste dû|solde facture'),
    paid: words('règlement|paiement|virement'),
    thanks: words('merci|cordialement|merci pour les travaux'),
    chat: words(
      'terrasse|cuisine {STREET}|salle de bain|travaux {STREET}|comme convenu|de la part de {NAME}|devis|rénovation|{MONTH}|toiture',
    ),
    rent: words('Loyer|Loyer bureaux|Charges copropriété|Appel de fonds'),
    salary: words('Salaire|SALAIRE {MONTH}|Paie|Virement salaire'),
    own: words('Virement interne|vers livret|compte à compte|Virement'),
    private: words('Prélèvement exploitant|perso|Compte courant associé'),
    batch: words('Virements salaires|Remise virements|Virement groupé fournisseurs'),
    deposit: 'Versement espèces',
    returned: words('Retour virement|Rejet|Virement rejeté IBAN erroné'),
    fee: words('Frais|Commission de mouvement|Cotisation|Frais de tenue de compte'),
    interest: words('Intérêts|Intérêts débiteurs|Agios'),
  },
  de: {
    invoice: words('Rechnung|Rechnung Nr.|Rg.|RE|Rg-Nr.|Rechnungsnr.|RNr|Rech.Nr|Re.-Nr.|RG'),
    invoices: words('Rechnungen|Rg.|RE-Nr.|Rechn.'),
    credit: words('Gutschrift|GS|abzgl. Gutschrift|Gutschr.'),
    customer: words('Kd.-Nr.|Kundennr.|KdNr'),
    order: words('Auftrag|Bestellung|Auftr.Nr'),
    and: 'und',
    months: words('Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember'),
    instalment: words('Abschlag|Teilzahlung|Rate|Anzahlung'),
    final: words('Rest|Restzahlung|Schlusszahlung'),
    paid: words('Zahlung|Überweisung|Begleichung'),
    thanks: words('Danke|mfG|vielen Dank|Danke für die gute Arbeit'),
    chat: words(
      'Dachausbau|Küche {STREET}|Bad|Arbeiten {STREET}|wie besprochen|von {NAME}|Rechnung|Umbau|für {MONTH}|Carport',
    ),
    rent: words('Miete|Gewerbemiete|Nebenkosten|Hausgeld'),
    salary: words('Lohn/Gehalt|Gehalt {MONTH}|Lohn|GEHALT'),
    own: words('Umbuchung|Übertrag|Umbuchung Tagesgeld|eigenes Konto'),
    private: words('Privatentnahme|privat|Entnahme'),
    batch: words('Sammelüberweisung|Lohnzahlung Sammler|SEPA-Sammler'),
    deposit: 'Bareinzahlung',
    returned: words('Rücküberweisung|Retoure|Rückgabe Konto unbekannt'),
    fee: words('Entgelt|Kontoführung|Entgeltabschluss|Buchungsentgelte'),
    interest: words('Zinsen|Sollzinsen|Abschluss Zinsen'),
  },
  en: {
    invoice: words('Invoice|invoice|Inv|INV|inv no|Invoice no.|Payment of invoice|Inv.|invoice #'),
    invoices: words('Invoices|invs|Inv|Payment for invoices'),
    credit: words('credit note|CN|less credit|credit'),
    customer: words('acct|account no|cust'),
    order: words('order|PO|order no'),
    and: 'and',
    months: words('January|February|March|April|May|June|July|August|September|October|November|December'),
    instalment: words('part payment|instalment|deposit|on account'),
    final: words('balance|final|remainder'),
    paid: words('payment|pmt|settlement'),
    thanks: words('thanks|many thanks|cheers|ta'),
    chat: words('kitchen|decking {STREET}|bathroom|work at {STREET}|as agreed|from {NAME}|bill|loft|{MONTH}|windows'),
    rent: words('Rent|Office rent|Service charge|Maintenance fee'),
    salary: words('Salary|Wages|{MONTH} wages|PAYROLL'),
    own: words('Transfer|to savings|own account|TFR'),
    private: words('Drawings|personal|Directors loan'),
    batch: words('Wages batch|Bulk payment|Supplier run'),
    deposit: 'Cash paid in',
    returned: words('Returned payment|Unpaid|Beneficiary account unknown'),
    fee: words('Charges|Account fee|Transaction charges|Commission'),
    interest: words('Interest|Gross interest|Overdraft interest'),
  },
}
