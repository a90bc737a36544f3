package collection

import (
	"errors"
	"time"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// dateType is a day of the calendar, 2026-12-31, of the years 1 to 9999.
var dateType = &fieldType{
	name: "date", class: temporal, sqlite: "TEXT", postgres: "DATE", asText: true, indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, ok := v.Str()
		if !ok {
			return nil, expected("a date such as 2026-12-31", v)
		}
		day, err := time.Parse(time.DateOnly, text)
		if err != nil || day.Year() < 1 {
			return nil, errors.New("must be a date such as 2026-12-31")
		}
		return text, nil
	},
	out: textOut,
}

// datetimeType is a moment, given in RFC 3339 with its zone, of the years 1 to 9999 in UTC. It is
// kept in microseconds since 1970 and comes back in UTC.
var datetimeType = &fieldType{
	name: "datetime", class: temporal, sqlite: "INTEGER", postgres: "BIGINT", indexable: true,
	in: func(v value.Value, _ hookflow.FieldOptions) (any, error) {
		text, ok := v.Str()
		if !ok {
			return nil, expected("a time such as 2026-12-31T23:59:59Z", v)
		}
		moment, err := time.Parse(time.RFC3339, text)
		if year := moment.UTC().Year(); err != nil || year < 1 || year > 9999 {
			return nil, errors.New("must be a time with its zone, such as 2026-12-31T23:59:59Z (RFC 3339)")
		}
		return moment.UnixMicro(), nil
	},
	out: func(text []byte, stored any) []byte {
		us, _ := stored.(int64)
		text = append(text, '"')
		return append(time.UnixMicro(us).UTC().AppendFormat(text, time.RFC3339Nano), '"')
	},
}
