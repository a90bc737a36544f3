package storetest

import (
	"testing"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/store"
)

func channels(t *testing.T, s *store.Store) {
	mail := store.Channel{Key: "mail", Title: "Post", Type: "smtp", Config: []byte{0, 1, 255}, CreatedAt: now, UpdatedAt: now}
	second := store.Channel{Key: "a-mail", Type: "smtp", Config: []byte("x"), CreatedAt: now, UpdatedAt: now}
	ops := store.Channel{Key: "ops", Type: "slack", Config: []byte("y"), CreatedAt: now, UpdatedAt: now}
	put := func(all ...store.Channel) {
		write(t, s, func(tx *store.Tx) error {
			for _, c := range all {
				if err := tx.PutChannel(c); err != nil {
					return err
				}
			}
			return nil
		})
	}
	put(mail, second, ops)
	mail.Title, mail.Config, mail.UpdatedAt = "Mail", []byte{2}, now.Add(time.Minute)
	changed := mail
	changed.CreatedAt = now.Add(time.Hour) // stays as it was
	put(changed)

	same(t, "all", ok[[]store.Channel](t)(s.Channels(t.Context())), []store.Channel{second, mail, ops})
	same(t, "one", ok[store.Channel](t)(s.Channel(t.Context(), "mail")), mail)
	same(t, "of a type", ok[[]store.Channel](t)(s.ChannelsOf(t.Context(), "smtp")), []store.Channel{second, mail})
	same(t, "of none", len(ok[[]store.Channel](t)(s.ChannelsOf(t.Context(), "teams"))), 0)
	_, err := s.Channel(t.Context(), "none")
	wantCode(t, err, hookflow.CodeNotFound)

	remove := func() error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.DeleteChannel("ops") })
	}
	if err := remove(); err != nil {
		t.Error(err)
	}
	wantCode(t, remove(), hookflow.CodeNotFound)
	write(t, s, func(tx *store.Tx) error {
		n, err := tx.CountChannels()
		same(t, "count", n, int64(2))
		return err
	})
}
