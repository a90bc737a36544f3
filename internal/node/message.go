package node

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

// Channels sends messages through what administrators have set up.
type Channels interface {
	// Notify sends through the channel with a key. What the provider answered
	// is there also when it refused.
	Notify(ctx context.Context, channel string, m Message) (Answer, error)
	// Mail sends through an smtp channel, "" being the only one that there is,
	// and returns the Message-ID.
	Mail(ctx context.Context, channel string, m Message) (id string, err error)
}

// Message is what somebody is told. A channel refuses what it has no place for.
type Message struct {
	ID          string   // the same whenever the same message is sent again
	To          []string // addresses, numbers or names, as the provider has them
	CC, BCC     []string // of a mail
	Title       string   // of a mail the subject
	Text        string
	Markdown    string // in the provider's own dialect
	HTML        string // of a mail
	Template    string // that the provider keeps
	Params      value.Value
	Attachments []*File // of a mail
}

// Answer is what a provider said to a message.
type Answer struct {
	Status int         // of HTTP, or the reply code of SMTP
	Body   value.Value // a string when it is not JSON
}

// Dialer opens connections under the egress policy, for what is not HTTP.
type Dialer interface {
	DialContext(ctx context.Context, network, address string) (Conn, error)
}

// Conn is a connection, for those who may not open one by themselves.
type Conn = net.Conn

// MaxRecipients bounds whom one message goes to.
const MaxRecipients = 1000

var (
	errRecipients = errors.New("must be a recipient, or a list of them")
	errTooMany    = fmt.Errorf("more than %d recipients", MaxRecipients)
)

// Recipients reads a text, or a list of texts. Missing, null and empty ones are
// none.
func Recipients(v value.Value) ([]string, error) {
	switch v.Kind() {
	case value.KindMissing, value.KindNull:
		return nil, nil
	case value.KindString, value.KindNumber:
		v = new(value.Array).Append(v).Value()
	case value.KindArray:
	default:
		return nil, errRecipients
	}
	var list []string
	for _, item := range v.Items() {
		text := strings.TrimSpace(item.Text())
		switch kind := item.Kind(); {
		case kind != value.KindString && kind != value.KindNumber && kind != value.KindNull:
			return nil, errRecipients
		case text != "":
			list = append(list, text)
		}
	}
	if len(list) > MaxRecipients {
		return nil, errTooMany
	}
	return list, nil
}
