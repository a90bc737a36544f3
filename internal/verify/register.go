package verify

// schemes is the register, in the order in which they are shown. A provider that signs with an HMAC,
// or shows a token, is a preset, which is data; a scheme of its own kind is one file.
var schemes = []*Scheme{
	none,
	basic,
	token,
	generic,
	github,
}
