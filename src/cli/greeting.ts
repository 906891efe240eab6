/** What somebody who has just started the service wants to know: where the documentation is, how to get a token, and three calls to go on with. */
export const greeting = (url: string): string => `
Bankfeed is ready at ${url} with the sandbox bank beside it.

  Documentation   ${url}/docs
  A token         TOKEN=$(npm run --silent token -- --tenant acme)

  curl -s -X PUT ${url}/v1/tenant -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"name":"Acme Books","redirectUrls":["http://localhost:8080/done"],"defaultRedirectUrl":"http://localhost:8080/done"}'

  curl -s -X PUT ${url}/v1/companies/fjordlys -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"name":"Fjordlys Handel AS","country":"NO"}'

  curl -s -X POST ${url}/v1/companies/fjordlys/consent-sessions -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{"institutionId":"berlin-group.fjordbanken"}'

The last answer has a url: open it in a browser, and log in at the bank as anna with any password.
`
