import type { Texts } from './texts.ts'

const daysIn = (count: number): string => (count === 1 ? '1 dag' : `${count} dager`)

export const nb: Texts = {
  agree: 'Godta og fortsett',
  cancel: 'Avbryt',
  tryAgain: 'Prøv igjen',
  checkAgain: 'Sjekk igjen',
  returnTo: (tenant) => `Tilbake til ${tenant}`,
  theSender: 'den som sendte deg lenken',

  welcome: {
    heading: (tenant) => `${tenant} ber om å få lese bankkontoer`,
    intro: (tenant, company) =>
      `${company} fører regnskapet sitt med ${tenant}. For å hente banktransaksjonene trenger ${tenant} din tillatelse.`,
    bankHeading: 'Banken',
    sharedHeading: 'Dette deles',
    shared: ['Saldoer', 'Bokførte transaksjoner', 'Navn, numre og eiere på kontoene'],
    receiver: (tenant, company) => `${tenant} mottar dette, til regnskapet for ${company}.`,
    safeHeading: 'Dette gir det ikke lov til',
    safe: 'Ingen kan flytte penger med tillatelsen. Du logger inn på bankens egen side, og innloggingen din blir der.',
    durationHeading: 'Hvor lenge',
    durationAtBank: (count) =>
      `I opptil ${daysIn(count)} fra du godkjenner. Deretter opphører den av seg selv, om du ikke fornyer den.`,
    durationUnknown:
      'Så lenge banken din tillater: neste side sier hvor mange dager. Deretter opphører den av seg selv, om du ikke fornyer den.',
    withdrawHeading: 'Hvis du ombestemmer deg',
    withdraw: (tenant) =>
      `Du kan når som helst trekke tillatelsen tilbake, i banken din eller ved å si fra til ${tenant}.`,
    nextAtBank: (bank) => `Så logger du inn hos ${bank} og godkjenner.`,
    nextChoose: 'Så velger du banken din, logger inn der og godkjenner.',
  },

  accountsHeading: 'Kontoer du skal krysse av i banken',
  accountsIntro: 'Hvis banken spør hvilke kontoer som skal deles, velg disse:',

  chooseBank: {
    heading: 'Velg banken din',
    intro: 'Du logger inn og godkjenner på bankens egen side, og kommer så tilbake.',
    searchLabel: 'Navnet på banken',
    search: 'Søk',
    listHeading: 'Banker',
    upToDays: (count) => `opptil ${daysIn(count)}`,
    more: 'Det finnes flere banker. Søk på navn for å finne din.',
    noneFound: (search) => `Ingen bank passer til «${search}». Prøv en del av navnet.`,
    none: 'Det er ingen bank å velge her ennå. Du kan lukke dette vinduet.',
    showAll: 'Vis alle banker',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} svarer ikke`,
    text: 'Ingenting er delt. Vent noen minutter og prøv igjen.',
    chooseAnother: 'Velg en annen bank',
  },
  bankRefused: {
    heading: (bank) => `${bank} lar deg ikke begynne`,
    text: (tenant) => `Ingenting er delt. Prøv igjen senere. Skjer det igjen, si fra til ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} må først signere en avtale`,
      text: (bank, company, tenant) =>
        `Hos ${bank} kan ingen gi tilgang før ${company} har signert en avtale, én gang for hele selskapet. ${tenant} sørger for at den blir signert. Ingenting er delt. Åpne denne lenken på nytt når det er gjort.`,
    },
    wait: {
      heading: (company) => `Avtalen til ${company} er til gjennomgang`,
      text: (bank, company, tenant) =>
        `${company} har signert avtalen som ${bank} krever, og den er til manuell gjennomgang. Det tar et par arbeidsdager, og du trenger ikke gjøre noe. ${tenant} får beskjed når den er godkjent. Åpne denne lenken på nytt da.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'Sist ble det avbrutt',
      text: () => 'Ingenting er delt. Du kan begynne på nytt nedenfor, eller lukke dette vinduet.',
    },
    rejected_by_bank: {
      heading: 'Banken sa nei sist',
      text: () =>
        'Ingenting er delt. Kanskje kan den innloggingen ikke gi tilgang til selskapets kontoer. Spør banken, eller la noen som kan, åpne denne lenken.',
    },
    insufficient_rights: {
      heading: 'Ingen konto kunne deles sist',
      text: () =>
        'Den innloggingen kan ikke dele noen av selskapets kontoer. Logg inn som noen som kan, eller la dem åpne denne lenken.',
    },
    wrong_account_type: {
      heading: 'Det var feil type konto sist',
      text: () =>
        'Her kan bare bedriftskontoer kobles til. Ingenting om de andre er beholdt. Begynn på nytt, og velg bedriftskontoer i banken.',
    },
    bank_unavailable: {
      heading: 'Banken svarte ikke sist',
      text: () => 'Ingenting er delt. Prøv igjen nå, eller om en stund.',
    },
    provider_error: {
      heading: 'Noe gikk galt sist',
      text: (tenant) => `Ingenting er delt. Prøv igjen. Skjer det igjen, si fra til ${tenant}.`,
    },
    timed_out: {
      heading: 'Det tok for lang tid sist',
      text: () => 'Ingenting er delt. Begynn på nytt, og fullfør i banken uten lang pause.',
    },
  },
  refusedIntro: 'Disse kontoene ble ikke godtatt:',

  notices: {
    link_unknown: {
      heading: 'Denne lenken virker ikke',
      text: (tenant) => `Sjekk at hele lenken ble kopiert. Ble den det, be ${tenant} om en ny.`,
    },
    link_expired: {
      heading: 'Denne lenken er utløpt',
      text: (tenant) => `Den kan ikke brukes til å godkjenne noe mer. Be ${tenant} om en ny.`,
    },
    link_withdrawn: {
      heading: 'Denne lenken er trukket tilbake',
      text: (tenant) => `Du trenger ikke gjøre noe. Skulle du ha brukt den, be ${tenant} om en ny.`,
    },
    link_used: {
      heading: 'Denne lenken er brukt',
      text: (tenant) =>
        `Tilgangen er godkjent med den, og du trenger ikke gjøre noe mer. Vil du legge til en bank eller en konto, be ${tenant} om en ny lenke.`,
    },
    unconfirmed: {
      heading: 'Banken har ikke bekreftet ennå',
      text: (tenant) =>
        `Denne siden spør igjen av seg selv. Du kan også lukke den: det du godkjente, er ikke tapt, og ${tenant} får beskjed så snart banken bekrefter. Må noen flere i selskapet godkjenne, venter den på dem.`,
    },
    too_many_requests: {
      heading: 'For mange forespørsler',
      text: (tenant) => `Vent et minutt, og åpne lenken på nytt. Skjer det igjen, si fra til ${tenant}.`,
    },
    went_wrong: {
      heading: 'Noe gikk galt',
      text: (tenant) => `Feilen er vår. Vent et minutt, og åpne lenken på nytt. Skjer det igjen, si fra til ${tenant}.`,
    },
  },
}
