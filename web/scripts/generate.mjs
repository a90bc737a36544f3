// Writes src/api/schema.d.ts from the OpenAPI description under docs/reference, which `make generate`
// takes from the server's own code.
import { readFileSync, writeFileSync } from 'node:fs'

import openapiTS, { astToString } from 'openapi-typescript'

const description = readFileSync(new URL('../../docs/reference/openapi.json', import.meta.url), 'utf8')
writeFileSync(new URL('../src/api/schema.d.ts', import.meta.url), astToString(await openapiTS(description)))
