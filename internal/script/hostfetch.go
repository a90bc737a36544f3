package script

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"modernc.org/quickjs"

	"github.com/hookflow/hookflow"
)

// sendRequest takes a request's number, method, URL, headers as JSON, whether
// redirects are followed, and its body.
func (r *realm) sendRequest(a args) (any, error) {
	call := fetchCall{Number: a.number(0), Method: a.text(1), URL: a.text(2), Follow: a.flag(4)}
	if err := json.Unmarshal([]byte(a.text(3)), &call.Headers); err != nil {
		return nil, err
	}
	body, err := a.data(5)
	switch {
	case err != nil:
		return nil, err
	case len(body) > MaxFetchBody:
		return nil, errors.New("the body has more than 5 MB")
	case len(call.URL) > maxFetchURL:
		return nil, errors.New("the URL has more than 16 KB")
	case len(a.text(3)) > maxHeader/2:
		return nil, errors.New("the headers have more than 512 KB")
	}
	r.open++
	r.wire.say(reply{Fetch: &call}, body)
	return nil, nil
}

// abortRequest takes the number of a request.
func (r *realm) abortRequest(a args) (any, error) {
	r.wire.say(reply{Abort: a.number(0)})
	return nil, nil
}

// receive gives an answer to the script: its number, why there is none or "",
// its head as JSON and its body.
func (r *realm) receive(h heard) error {
	if len(h.texts) != 1 {
		return errFrame
	}
	r.open--
	head, err := json.Marshal(struct {
		Status     int         `json:"status"`
		StatusText string      `json:"statusText"`
		URL        string      `json:"url"`
		Headers    [][2]string `json:"headers"`
	}{h.Answer.Status, h.Answer.StatusText, h.Answer.URL, pairs(h.Answer.Headers)})
	if err != nil {
		return err
	}
	kind, body := dataOf(h.texts[0])
	return r.enter(func() error {
		_, err := r.answer.Call(quickjs.UndefinedValue, h.Answer.Number, h.Answer.Failure, string(head), kind, body)
		return err
	})
}

func pairs(headers []hookflow.Header) [][2]string {
	list := make([][2]string, len(headers))
	for i, h := range headers {
		list[i] = [2]string{h.Name, h.Value}
	}
	return list
}

// dataOf is the pair that args.data reads: text is cheaper than bytes.
func dataOf(body []byte) (kind, text string) {
	if utf8.Valid(body) {
		return "utf8", string(body)
	}
	return "base64", encode64(body)
}
