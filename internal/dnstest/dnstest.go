// Package dnstest gives tests a name server of their own.
package dnstest

import (
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// Lookup gives the addresses of a name, which has no dot at its end; none: there
// is no such name. It is called for every question, from several goroutines.
type Lookup func(name string) []netip.Addr

// Start starts a name server that answers over TCP and ends with the test, and
// returns its host:port.
func Start(t testing.TB, lookup Lookup) string {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go converse(connection, lookup)
		}
	}()
	return listener.Addr().String()
}

// converse answers until a question cannot be read; what is no question is none
// of a test's, and needs no answer.
func converse(connection net.Conn, lookup Lookup) {
	defer func() { _ = connection.Close() }()
	for {
		var size [2]byte
		if _, err := io.ReadFull(connection, size[:]); err != nil {
			return
		}
		question := make([]byte, binary.BigEndian.Uint16(size[:]))
		if _, err := io.ReadFull(connection, question); err != nil {
			return
		}
		answer, err := reply(question, lookup)
		if err != nil {
			return
		}
		if _, err := connection.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(answer))), answer...)); err != nil { //nolint:gosec // an answer is far smaller
			return
		}
	}
}

func reply(packed []byte, lookup Lookup) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(packed); err != nil {
		return nil, err
	}
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	for _, q := range m.Questions {
		addrs := lookup(strings.ToLower(strings.TrimSuffix(q.Name.String(), ".")))
		if len(addrs) == 0 {
			m.RCode = dnsmessage.RCodeNameError
		}
		for _, addr := range addrs {
			if r, fits := resource(q, addr); fits {
				m.Answers = append(m.Answers, r)
			}
		}
	}
	return m.Pack()
}

func resource(q dnsmessage.Question, addr netip.Addr) (dnsmessage.Resource, bool) {
	r := dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}}
	switch {
	case q.Type == dnsmessage.TypeA && addr.Is4():
		r.Body = &dnsmessage.AResource{A: addr.As4()}
	case q.Type == dnsmessage.TypeAAAA && addr.Is6():
		r.Body = &dnsmessage.AAAAResource{AAAA: addr.As16()}
	default:
		return r, false
	}
	return r, true
}
