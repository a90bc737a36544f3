#!/bin/sh
# Fetches the engines from the npm registry, in the versions that stand here,
# and compares them with SHA256SUMS. After a change of versions run it with
# --accept, which writes SHA256SUMS anew, and then the tests of package script.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# take PACKAGE VERSION FILE NAME: the package's file becomes NAME.js.
take() {
	archive=$(npm pack --silent --pack-destination "$work" "$1@$2")
	tar -xOf "$work/$archive" "package/$3" >"$4.js"
	licence "$1" "$2"
}

# licence PACKAGE VERSION: of a package, or of one that another has inside.
licence() {
	archive=$(npm pack --silent --pack-destination "$work" "$1@$2")
	tar -xOf "$work/$archive" --wildcards 'package/LICEN[CS]E*' >"licences/$(basename "$1").txt"
}

take @formulajs/formulajs 4.6.1 lib/browser/formula.min.js formula
take mathjs 15.2.0 lib/browser/math.js math
take jsonata 2.2.2 jsonata.min.js jsonata
take jmespath 0.16.0 jmespath.js jmespath
take jsonpath-plus 10.4.0 dist/index-browser-umd.min.cjs jsonpath

# What the bundles hold of others.
licence jstat 1.9.6
licence bessel 1.0.2
licence jsep 1.6.0
licence complex.js 2.4.3
licence decimal.js 10.6.0
licence escape-latex 1.2.0
licence fraction.js 5.3.4
licence tiny-emitter 2.1.0
licence typed-function 4.2.2

if [ "${1:-}" = --accept ]; then
	sha256sum ./*.js >SHA256SUMS
fi
sha256sum --check --quiet SHA256SUMS
