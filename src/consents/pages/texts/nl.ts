import type { Texts } from './texts.ts'

const daysIn = (count: number): string => (count === 1 ? '1 dag' : `${count} dagen`)

export const nl: Texts = {
  agree: 'Akkoord en verder',
  cancel: 'Annuleren',
  tryAgain: 'Opnieuw proberen',
  checkAgain: 'Opnieuw controleren',
  returnTo: (tenant) => `Terug naar ${tenant}`,
  theSender: 'degene die u de link heeft gestuurd',

  welcome: {
    heading: (tenant) => `${tenant} vraagt om bankrekeningen te mogen lezen`,
    intro: (tenant, company) =>
      `${company} doet de boekhouding met ${tenant}. Om de banktransacties op te halen heeft ${tenant} uw toestemming nodig.`,
    bankHeading: 'De bank',
    sharedHeading: 'Wat er wordt gedeeld',
    shared: ['Saldi', 'Geboekte transacties', 'Namen, nummers en houders van rekeningen'],
    receiver: (tenant, company) => `${tenant} ontvangt dit, voor de boekhouding van ${company}.`,
    safeHeading: 'Wat er niet mee mag',
    safe: 'Niemand kan er geld mee overmaken. U logt in op de eigen pagina van de bank, en uw inloggegevens blijven daar.',
    durationHeading: 'Hoe lang',
    durationAtBank: (count) =>
      `Ten hoogste ${daysIn(count)} vanaf uw goedkeuring. Daarna eindigt het vanzelf, tenzij u het verlengt.`,
    durationUnknown:
      'Zo lang als uw bank toestaat: de volgende pagina zegt hoeveel dagen. Daarna eindigt het vanzelf, tenzij u het verlengt.',
    withdrawHeading: 'Als u zich bedenkt',
    withdraw: (tenant) => `U kunt uw toestemming altijd intrekken, bij uw bank of door het ${tenant} te laten weten.`,
    nextAtBank: (bank) => `Hierna logt u in bij ${bank} en keurt u het goed.`,
    nextChoose: 'Hierna kiest u uw bank, logt u daar in en keurt u het goed.',
  },

  accountsHeading: 'Rekeningen om bij de bank aan te vinken',
  accountsIntro: 'Als de bank vraagt welke rekeningen u wilt delen, kies dan deze:',

  chooseBank: {
    heading: 'Kies uw bank',
    intro: 'U logt in en keurt goed op de eigen pagina van de bank, en komt dan terug.',
    searchLabel: 'Naam van de bank',
    search: 'Zoeken',
    listHeading: 'Banken',
    upToDays: (count) => `ten hoogste ${daysIn(count)}`,
    more: 'Er zijn meer banken. Zoek op naam om de uwe te vinden.',
    noneFound: (search) => `Geen bank past bij ‘${search}’. Probeer een deel van de naam.`,
    none: 'Er is hier nog geen bank om te kiezen. U kunt dit venster sluiten.',
    showAll: 'Alle banken tonen',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} antwoordt niet`,
    text: 'Er is niets gedeeld. Wacht een paar minuten en probeer het opnieuw.',
    chooseAnother: 'Een andere bank kiezen',
  },
  bankRefused: {
    heading: (bank) => `${bank} laat u niet beginnen`,
    text: (tenant) => `Er is niets gedeeld. Probeer het later opnieuw. Gebeurt dit weer, laat het ${tenant} dan weten.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `${company} moet eerst een overeenkomst ondertekenen`,
      text: (bank, company, tenant) =>
        `Bij ${bank} kan niemand toegang geven voordat ${company} een overeenkomst heeft ondertekend, één keer voor het hele bedrijf. ${tenant} zorgt ervoor dat die wordt ondertekend. Er is niets gedeeld. Open deze link opnieuw als dat gebeurd is.`,
    },
    wait: {
      heading: (company) => `De overeenkomst van ${company} wordt beoordeeld`,
      text: (bank, company, tenant) =>
        `${company} heeft de overeenkomst ondertekend die ${bank} vraagt, en die wordt nu beoordeeld. Dat duurt enkele werkdagen; u hoeft niets te doen. ${tenant} krijgt bericht zodra zij is goedgekeurd. Open deze link dan opnieuw.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'De vorige keer is het geannuleerd',
      text: () => 'Er is niets gedeeld. U kunt hieronder opnieuw beginnen, of dit venster sluiten.',
    },
    rejected_by_bank: {
      heading: 'De vorige keer weigerde de bank',
      text: () =>
        'Er is niets gedeeld. Misschien mag u met die inlog geen toegang geven tot de rekeningen van het bedrijf. Vraag het de bank, of laat iemand die dat wel mag deze link openen.',
    },
    insufficient_rights: {
      heading: 'De vorige keer kon geen rekening worden gedeeld',
      text: () =>
        'Die inlog mag geen rekeningen van het bedrijf delen. Log in als iemand die dat wel mag, of laat diegene deze link openen.',
    },
    wrong_account_type: {
      heading: 'De vorige keer was het de verkeerde soort rekening',
      text: () =>
        'Hier kunnen alleen zakelijke rekeningen worden gekoppeld. Van de andere is niets bewaard. Begin opnieuw, en kies bij de bank zakelijke rekeningen.',
    },
    bank_unavailable: {
      heading: 'De vorige keer antwoordde de bank niet',
      text: () => 'Er is niets gedeeld. Probeer het nu opnieuw, of over een tijdje.',
    },
    provider_error: {
      heading: 'De vorige keer ging er iets mis',
      text: (tenant) => `Er is niets gedeeld. Probeer het opnieuw. Gebeurt dit weer, laat het ${tenant} dan weten.`,
    },
    timed_out: {
      heading: 'De vorige keer duurde het te lang',
      text: () => 'Er is niets gedeeld. Begin opnieuw, en rond het bij de bank af zonder lange pauze.',
    },
  },
  refusedIntro: 'Deze rekeningen zijn niet aanvaard:',

  notices: {
    link_unknown: {
      heading: 'Deze link werkt niet',
      text: (tenant) => `Controleer of de hele link is gekopieerd. Zo ja, vraag ${tenant} dan om een nieuwe.`,
    },
    link_expired: {
      heading: 'Deze link is verlopen',
      text: (tenant) => `Er kan niets meer mee worden goedgekeurd. Vraag ${tenant} om een nieuwe.`,
    },
    link_withdrawn: {
      heading: 'Deze link is ingetrokken',
      text: (tenant) => `U hoeft niets te doen. Had u hem willen gebruiken, vraag ${tenant} dan om een nieuwe.`,
    },
    link_used: {
      heading: 'Deze link is gebruikt',
      text: (tenant) =>
        `De toegang is ermee goedgekeurd; u hoeft niets meer te doen. Wilt u een bank of een rekening toevoegen, vraag ${tenant} dan om een nieuwe link.`,
    },
    unconfirmed: {
      heading: 'Uw bank heeft nog niet bevestigd',
      text: (tenant) =>
        `Deze pagina vraagt het vanzelf opnieuw. U kunt haar ook sluiten: wat u hebt goedgekeurd gaat niet verloren, en ${tenant} hoort het zodra de bank bevestigt. Moet iemand anders bij uw bedrijf ook goedkeuren, dan wacht het op diegene.`,
    },
    too_many_requests: {
      heading: 'Te veel verzoeken',
      text: (tenant) => `Wacht een minuut en open de link opnieuw. Gebeurt dit weer, laat het ${tenant} dan weten.`,
    },
    went_wrong: {
      heading: 'Er ging iets mis',
      text: (tenant) =>
        `De fout ligt bij ons. Wacht een minuut en open de link opnieuw. Gebeurt dit weer, laat het ${tenant} dan weten.`,
    },
  },
}
