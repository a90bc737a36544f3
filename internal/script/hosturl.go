package script

import (
	"fmt"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/idna"
)

// parseURL takes a URL and a base (or ""), and returns the URL's parts, or
// false when it is none (https://url.spec.whatwg.org/#concept-basic-url-parser).
func parseURL(_ *realm, a args) (any, error) {
	parse := func() (*whatwg.Url, error) { return whatwg.Parse(a.text(0)) }
	if a.flag(2) {
		parse = func() (*whatwg.Url, error) { return whatwg.ParseRef(a.text(1), a.text(0)) }
	}
	u, err := parse()
	if err != nil {
		return false, nil //nolint:nilerr // that is the answer
	}
	return urlParts(u), nil
}

// changeURL takes a URL, the name of a part and its new value, and returns the
// parts of the URL that this makes.
func changeURL(_ *realm, a args) (any, error) {
	u, err := whatwg.Parse(a.text(0))
	if err != nil {
		return nil, err
	}
	set, ok := map[string]func(string){
		"protocol": u.SetProtocol,
		"username": u.SetUsername,
		"password": u.SetPassword,
		"host":     u.SetHost,
		"hostname": u.SetHostname,
		"port":     u.SetPort,
		"pathname": u.SetPathname,
		"search":   u.SetSearch,
		"hash":     u.SetHash,
	}[a.text(1)]
	if !ok {
		return nil, fmt.Errorf("a URL has no %s", a.text(1))
	}
	set(a.text(2))
	return urlParts(u), nil
}

// urlParts joins the parts by line feeds, which no part of a URL can hold.
func urlParts(u *whatwg.Url) string {
	return strings.Join([]string{
		u.Href(false), u.Protocol(), u.Username(), u.Password(), u.Host(),
		u.Hostname(), u.Port(), u.Pathname(), u.Search(), u.Hash(),
	}, "\n")
}

// domainToUnicode takes a domain name in ASCII, "" is what is none.
func domainToUnicode(_ *realm, a args) (any, error) {
	name, err := idna.Display.ToUnicode(a.text(0))
	if err != nil {
		return "", nil //nolint:nilerr // that is the answer
	}
	return name, nil
}
