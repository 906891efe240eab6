import type { Texts } from './texts.ts'

const daysIn = (count: number): string => (count === 1 ? '1 dag' : `${count} dage`)

export const da: Texts = {
  agree: 'Acceptér og fortsæt',
  cancel: 'Annullér',
  tryAgain: 'Prøv igen',
  checkAgain: 'Tjek igen',
  returnTo: (tenant) => `Tilbage til ${tenant}`,
  theSender: 'den, der sendte dig linket',

  welcome: {
    heading: (tenant) => `${tenant} beder om at læse bankkonti`,
    intro: (tenant, company) =>
      `${company} fører sit regnskab med ${tenant}. For at hente banktransaktionerne har ${tenant} brug for din tilladelse.`,
    bankHeading: 'Banken',
    sharedHeading: 'Det deles',
    shared: ['Saldi', 'Bogførte transaktioner', 'Kontienes navne, numre og ejere'],
    receiver: (tenant, company) => `${tenant} modtager det, til regnskabet for ${company}.`,
    safeHeading: 'Det giver det ikke lov til',
    safe: 'Ingen kan flytte penge med tilladelsen. Du logger ind på bankens egen side, og dit login bliver der.',
    durationHeading: 'Hvor længe',
    durationAtBank: (count) =>
      `I op til ${daysIn(count)} fra din godkendelse. Derefter ophører den af sig selv, medmindre du fornyer den.`,
    durationUnknown:
      'Så længe din bank tillader: næste side siger hvor mange dage. Derefter ophører den af sig selv, medmindre du fornyer den.',
    withdrawHeading: 'Hvis du fortryder',
    withdraw: (tenant) =>
      `Du kan til enhver tid trække din tilladelse tilbage, i din bank eller ved at sige det til ${tenant}.`,
    nextAtBank: (bank) => `Derefter logger du ind hos ${bank} og godkender.`,
    nextChoose: 'Derefter vælger du din bank, logger ind dér og godkender.',
  },

  accountsHeading: 'Konti, du skal afkrydse i banken',
  accountsIntro: 'Hvis banken spørger, hvilke konti der skal deles, så vælg disse:',

  chooseBank: {
    heading: 'Vælg din bank',
    intro: 'Du logger ind og godkender på bankens egen side og kommer derefter tilbage.',
    searchLabel: 'Bankens navn',
    search: 'Søg',
    listHeading: 'Banker',
    upToDays: (count) => `op til ${daysIn(count)}`,
    more: 'Der er flere banker. Søg på navn for at finde din.',
    noneFound: (search) => `Ingen bank passer til »${search}«. Prøv en del af navnet.`,
    none: 'Der er endnu ingen bank at vælge her. Du kan lukke dette vindue.',
    showAll: 'Vis alle banker',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} svarer ikke`,
    text: 'Intet er delt. Vent nogle minutter, og prøv igen.',
    chooseAnother: 'Vælg en anden bank',
  },
  bankRefused: {
    heading: (bank) => `${bank} lader dig ikke begynde`,
    text: (tenant) => `Intet er delt. Prøv igen senere. Sker det igen, så sig det til ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} skal først underskrive en aftale`,
      text: (bank, company, tenant) =>
        `Hos ${bank} kan ingen give adgang, før ${company} har underskrevet en aftale, én gang for hele virksomheden. ${tenant} sørger for, at den bliver underskrevet. Intet er delt. Åbn linket igen, når det er gjort.`,
    },
    wait: {
      heading: (company) => `Aftalen for ${company} bliver gennemgået`,
      text: (bank, company, tenant) =>
        `${company} har underskrevet den aftale, som ${bank} kræver, og den bliver nu gennemgået. Det tager nogle arbejdsdage, og du behøver ikke gøre noget. ${tenant} får besked, når den er godkendt. Åbn linket igen til den tid.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'Det blev annulleret sidst',
      text: () => 'Intet er delt. Du kan begynde forfra nedenfor eller lukke dette vindue.',
    },
    rejected_by_bank: {
      heading: 'Banken sagde nej sidst',
      text: () =>
        'Intet er delt. Måske må det login ikke give adgang til virksomhedens konti. Spørg banken, eller lad en, der må, åbne dette link.',
    },
    insufficient_rights: {
      heading: 'Ingen konto kunne deles sidst',
      text: () =>
        'Det login må ikke dele nogen af virksomhedens konti. Log ind som en, der må, eller lad vedkommende åbne dette link.',
    },
    wrong_account_type: {
      heading: 'Det var den forkerte slags konto sidst',
      text: () =>
        'Her kan kun erhvervskonti forbindes. Intet om de andre er gemt. Begynd forfra, og vælg erhvervskonti i banken.',
    },
    bank_unavailable: {
      heading: 'Banken svarede ikke sidst',
      text: () => 'Intet er delt. Prøv igen nu eller om lidt.',
    },
    provider_error: {
      heading: 'Noget gik galt sidst',
      text: (tenant) => `Intet er delt. Prøv igen. Sker det igen, så sig det til ${tenant}.`,
    },
    timed_out: {
      heading: 'Det tog for lang tid sidst',
      text: () => 'Intet er delt. Begynd forfra, og gør det færdigt i banken uden lang pause.',
    },
  },
  refusedIntro: 'Disse konti blev ikke godtaget:',

  notices: {
    link_unknown: {
      heading: 'Dette link virker ikke',
      text: (tenant) => `Tjek, at hele linket blev kopieret. Hvis det gjorde, så bed ${tenant} om et nyt.`,
    },
    link_expired: {
      heading: 'Dette link er udløbet',
      text: (tenant) => `Der kan ikke godkendes mere med det. Bed ${tenant} om et nyt.`,
    },
    link_withdrawn: {
      heading: 'Dette link er trukket tilbage',
      text: (tenant) => `Du behøver ikke gøre noget. Skulle du have brugt det, så bed ${tenant} om et nyt.`,
    },
    link_used: {
      heading: 'Dette link er brugt',
      text: (tenant) =>
        `Adgangen er godkendt med det, og du behøver ikke gøre mere. Vil du tilføje en bank eller en konto, så bed ${tenant} om et nyt link.`,
    },
    unconfirmed: {
      heading: 'Din bank har ikke bekræftet endnu',
      text: (tenant) =>
        `Denne side spørger igen af sig selv. Du kan også lukke den: det, du godkendte, er ikke tabt, og ${tenant} får besked, så snart banken bekræfter. Skal flere i virksomheden godkende, venter den på dem.`,
    },
    too_many_requests: {
      heading: 'For mange forespørgsler',
      text: (tenant) => `Vent et minut, og åbn linket igen. Sker det igen, så sig det til ${tenant}.`,
    },
    went_wrong: {
      heading: 'Noget gik galt',
      text: (tenant) => `Fejlen er vores. Vent et minut, og åbn linket igen. Sker det igen, så sig det til ${tenant}.`,
    },
  },
}
