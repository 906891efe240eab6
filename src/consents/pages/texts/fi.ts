import type { Texts } from './texts.ts'

// Names stand where they need no ending.

const daysIn = (count: number): string => (count === 1 ? '1 päivä' : `${count} päivää`)

export const fi: Texts = {
  agree: 'Hyväksy ja jatka',
  cancel: 'Peruuta',
  tryAgain: 'Yritä uudelleen',
  checkAgain: 'Tarkista uudelleen',
  returnTo: (tenant) => `Takaisin: ${tenant}`,
  theSender: 'linkin lähettäjä',

  welcome: {
    heading: (tenant) => `${tenant} pyytää lupaa lukea pankkitilejä`,
    intro: (tenant, company) =>
      `${company} hoitaa kirjanpitonsa palvelussa ${tenant}. Pankkitapahtumien hakemiseen ${tenant} tarvitsee lupasi.`,
    bankHeading: 'Pankki',
    sharedHeading: 'Mitä jaetaan',
    shared: ['Saldot', 'Kirjatut tapahtumat', 'Tilien nimet, numerot ja omistajat'],
    receiver: (tenant, company) => `Tiedot vastaanottaa ${tenant}, ja niitä käyttää kirjanpidossaan ${company}.`,
    safeHeading: 'Mihin se ei oikeuta',
    safe: 'Luvalla kukaan ei voi siirtää rahaa. Kirjaudut pankin omalla sivulla, ja tunnuksesi pysyvät siellä.',
    durationHeading: 'Kuinka pitkäksi aikaa',
    durationAtBank: (count) =>
      `Enintään ${count === 1 ? '1 päivän' : `${count} päivän`} ajaksi hyväksynnästäsi. Sitten lupa päättyy itsestään, ellet uusi sitä.`,
    durationUnknown:
      'Niin pitkäksi aikaa kuin pankkisi sallii: seuraava sivu kertoo, kuinka monta päivää. Sitten lupa päättyy itsestään, ellet uusi sitä.',
    withdrawHeading: 'Jos muutat mielesi',
    withdraw: (tenant) => `Voit perua luvan milloin tahansa pankissasi tai ilmoittamalla siitä palveluun (${tenant}).`,
    nextAtBank: (bank) => `Seuraavaksi kirjaudut pankkiisi (${bank}) ja hyväksyt.`,
    nextChoose: 'Seuraavaksi valitset pankkisi, kirjaudut sinne ja hyväksyt.',
  },

  accountsHeading: 'Pankissa valittavat tilit',
  accountsIntro: 'Jos pankki kysyy, mitkä tilit jaetaan, valitse nämä:',

  chooseBank: {
    heading: 'Valitse pankkisi',
    intro: 'Kirjaudut ja hyväksyt pankin omalla sivulla ja palaat sitten takaisin.',
    searchLabel: 'Pankin nimi',
    search: 'Hae',
    listHeading: 'Pankit',
    upToDays: (count) => `enintään ${daysIn(count)}`,
    more: 'Pankkeja on lisää. Etsi omasi nimellä.',
    noneFound: (search) => `Mikään pankki ei vastaa hakua ”${search}”. Kokeile nimen osaa.`,
    none: 'Täällä ei ole vielä valittavia pankkeja. Voit sulkea ikkunan.',
    showAll: 'Näytä kaikki pankit',
  },

  bankUnavailable: {
    heading: (bank) => `${bank} ei vastaa`,
    text: 'Mitään ei ole jaettu. Odota muutama minuutti ja yritä uudelleen.',
    chooseAnother: 'Valitse toinen pankki',
  },
  bankRefused: {
    heading: (bank) => `${bank} ei anna aloittaa`,
    text: (tenant) => `Mitään ei ole jaettu. Yritä myöhemmin uudelleen. Jos tämä toistuu, asiassa auttaa ${tenant}.`,
  },

  agreementNeeded: {
    sign: {
      heading: (company) => `Sopimus on ensin allekirjoitettava: ${company}`,
      text: (bank, company, tenant) =>
        `Pankki ${bank} ei anna pääsyä, ennen kuin yritys ${company} on allekirjoittanut sopimuksen, kerran koko yrityksen puolesta. Allekirjoituksen järjestää ${tenant}. Mitään ei ole jaettu. Avaa tämä linkki uudelleen, kun se on tehty.`,
    },
    wait: {
      heading: (company) => `Sopimusta tarkistetaan: ${company}`,
      text: (bank, company, tenant) =>
        `${company} on allekirjoittanut sopimuksen, jonka ${bank} vaatii, ja sitä tarkistetaan nyt. Se kestää muutaman arkipäivän, eikä sinun tarvitse tehdä mitään. ${tenant} saa tiedon, kun sopimus on hyväksytty. Avaa tämä linkki silloin uudelleen.`,
    },
  },

  lastAttempt: {
    cancelled_by_person: {
      heading: 'Viime kerralla se peruutettiin',
      text: () => 'Mitään ei ole jaettu. Voit aloittaa alta uudelleen tai sulkea ikkunan.',
    },
    rejected_by_bank: {
      heading: 'Viime kerralla pankki kieltäytyi',
      text: () =>
        'Mitään ei ole jaettu. Ehkä noilla tunnuksilla ei saa antaa pääsyä yrityksen tileihin. Kysy pankista, tai anna jonkun, jolla on siihen oikeus, avata tämä linkki.',
    },
    insufficient_rights: {
      heading: 'Viime kerralla mitään tiliä ei voitu jakaa',
      text: () =>
        'Noilla tunnuksilla ei voi jakaa yrityksen tilejä. Kirjaudu sellaisen henkilön tunnuksilla, joka voi, tai anna hänen avata tämä linkki.',
    },
    wrong_account_type: {
      heading: 'Viime kerralla tili oli vääränlainen',
      text: () =>
        'Tähän voi liittää vain yritystilejä. Muista ei säilytetty mitään. Aloita uudelleen ja valitse pankissa yritystilejä.',
    },
    bank_unavailable: {
      heading: 'Viime kerralla pankki ei vastannut',
      text: () => 'Mitään ei ole jaettu. Yritä uudelleen nyt tai hetken kuluttua.',
    },
    provider_error: {
      heading: 'Viime kerralla jokin meni vikaan',
      text: (tenant) => `Mitään ei ole jaettu. Yritä uudelleen. Jos tämä toistuu, asiassa auttaa ${tenant}.`,
    },
    timed_out: {
      heading: 'Viime kerralla siinä kesti liian kauan',
      text: () => 'Mitään ei ole jaettu. Aloita uudelleen ja vie asia pankissa loppuun ilman pitkää taukoa.',
    },
  },
  refusedIntro: 'Näitä tilejä ei hyväksytty:',

  notices: {
    link_unknown: {
      heading: 'Tämä linkki ei toimi',
      text: (tenant) => `Tarkista, että koko linkki kopioitui. Jos kopioitui, uuden antaa ${tenant}.`,
    },
    link_expired: {
      heading: 'Tämä linkki on vanhentunut',
      text: (tenant) => `Sillä ei voi enää hyväksyä mitään. Uuden antaa ${tenant}.`,
    },
    link_withdrawn: {
      heading: 'Tämä linkki on peruttu',
      text: (tenant) => `Sinun ei tarvitse tehdä mitään. Jos aioit käyttää sitä, uuden antaa ${tenant}.`,
    },
    link_used: {
      heading: 'Tämä linkki on käytetty',
      text: (tenant) =>
        `Pääsy on hyväksytty sillä, eikä sinun tarvitse tehdä muuta. Jos haluat lisätä pankin tai tilin, uuden linkin antaa ${tenant}.`,
    },
    unconfirmed: {
      heading: 'Pankkisi ei ole vielä vahvistanut',
      text: (tenant) =>
        `Tämä sivu kysyy itsestään uudelleen. Voit myös sulkea sen: hyväksymäsi ei katoa, ja ${tenant} saa tiedon heti, kun pankki vahvistaa. Jos jonkun muunkin yrityksessäsi on hyväksyttävä, se odottaa heitä.`,
    },
    too_many_requests: {
      heading: 'Liian monta pyyntöä',
      text: (tenant) => `Odota minuutti ja avaa linkki uudelleen. Jos tämä toistuu, asiassa auttaa ${tenant}.`,
    },
    went_wrong: {
      heading: 'Jokin meni vikaan',
      text: (tenant) =>
        `Vika on meidän. Odota minuutti ja avaa linkki uudelleen. Jos tämä toistuu, asiassa auttaa ${tenant}.`,
    },
  },
}
