package notify

import (
	"context"
	"errors"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/channel"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/store"
	"github.com/hookflow/hookflow/internal/value"
)

var _ node.Channels = (*Service)(nil)

const smtp = "smtp"

// Notify sends a message through the channel with a key.
func (s *Service) Notify(ctx context.Context, key string, m node.Message) (node.Answer, error) {
	row, err := s.find(ctx, key)
	if err != nil {
		return node.Answer{}, err
	}
	return s.send(ctx, row, m)
}

// Mail sends a message through an smtp channel and returns its Message-ID.
func (s *Service) Mail(ctx context.Context, key string, m node.Message) (string, error) {
	row, err := s.mailChannel(ctx, key)
	if err != nil {
		return "", err
	}
	answer, err := s.send(ctx, row, m)
	return answer.Body.Get("messageId").Text(), err
}

func (s *Service) mailChannel(ctx context.Context, key string) (store.Channel, error) {
	if key != "" {
		row, err := s.find(ctx, key)
		if err == nil && row.Type != smtp {
			err = hookflow.Errorf(hookflow.CodeInvalid, "the channel %s is of type %s; mail needs one of type smtp", key, row.Type)
		}
		return row, err
	}
	rows, err := s.store.ChannelsOf(ctx, smtp)
	switch {
	case err != nil:
		return store.Channel{}, err
	case len(rows) == 0:
		return store.Channel{}, hookflow.Errorf(hookflow.CodeNotFound, "there is no channel of type smtp; an administrator sets one up under Channels")
	case len(rows) > 1:
		return store.Channel{}, hookflow.Errorf(hookflow.CodeInvalid, "there are several channels of type smtp; name one in channel")
	default:
		return rows[0], nil
	}
}

// send sends a message. Whatever a provider tells, it does not tell the secrets
// of the channel.
func (s *Service) send(ctx context.Context, row store.Channel, m node.Message) (node.Answer, error) {
	known := channel.Lookup(row.Type)
	if known == nil {
		return node.Answer{}, hookflow.Errorf(hookflow.CodeNotFound, "there is no channel type %q", row.Type)
	}
	config, err := s.open(row)
	if err != nil {
		return node.Answer{}, err
	}
	hide := s.env.Hide(secretsIn(row.Type, config))
	answer, err := known.Send(ctx, s.world, config, s.variable, &m)
	answer.Body = hide(answer.Body)
	if err == nil {
		return answer, nil
	}
	err = &hidden{text: string(hide([]byte("channel " + row.Key + ": " + err.Error()))), cause: err}
	if refusal, ok := errors.AsType[*channel.Refusal](err); ok && refusal.After > 0 {
		err = &node.RetryError{Err: err, After: refusal.After}
	}
	return answer, err
}

// variable resolves $env. Who may use a channel uses the secrets that an
// administrator has put into it.
func (s *Service) variable(name string) (value.Value, bool) {
	text, _, ok := s.env.Lookup(name)
	if !ok {
		return nil, false
	}
	return value.String(text), true
}

// hidden is an error without the secrets in its text.
type hidden struct {
	text  string
	cause error
}

func (e *hidden) Error() string { return e.text }
func (e *hidden) Unwrap() error { return e.cause }
