package request

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"

	"github.com/hookflow/hookflow/internal/value"
)

const (
	maxXMLDepth = 100
	maxXMLNodes = 100_000
	// maxEquals bounds the equals signs of a document, in texts too: the decoder reads all attributes
	// of an element, which are never more, before it tells of the first.
	maxEquals = 4 * maxXMLNodes
)

// parseXML makes elements objects, attributes @name and text #text; an element with nothing but
// text is that text, and elements of the same name are an array. Names keep their prefixes, space
// around text is dropped. A document type is passed over: no entity but XML's own five exists.
func parseXML(in Raw, t contentType) (value.Value, error) {
	text, err := decodeXML(in.Body, t.charset())
	if err != nil {
		return nil, err
	}
	if bytes.Count(text.content, []byte("=")) > maxEquals {
		return nil, fmt.Errorf("the XML has more than %d equals signs: it may have too many attributes", maxEquals)
	}
	p := xmlParser{decoder: xml.NewDecoder(bytes.NewReader(text.content)), open: []*element{{}}}
	p.decoder.CharsetReader = text.reader
	if err := p.parse(); err != nil {
		line, column := p.decoder.InputPos()
		return nil, fmt.Errorf("not XML at line %d, column %d: %w", line, column, xmlReason(err))
	}
	return p.open[0].below.value(), nil
}

// xmlText is a document and how to read what it declares about its charset.
type xmlText struct {
	content []byte
	reader  func(label string, r io.Reader) (io.Reader, error)
}

// decodeXML follows RFC 7303: a byte order mark, then the Content-Type, then the declaration.
func decodeXML(body []byte, label string) (xmlText, error) {
	if label == "" && !bytes.HasPrefix(body, []byte("\xfe\xff")) && !bytes.HasPrefix(body, []byte("\xff\xfe")) {
		return xmlText{content: bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), reader: declaredCharset}, nil
	}
	content, err := decodeText(body, label)
	return xmlText{content: content, reader: sameCharset}, err
}

func declaredCharset(label string, r io.Reader) (io.Reader, error) {
	charset, err := charsetNamed(label)
	if err != nil {
		return nil, err
	}
	return charset.NewDecoder().Reader(r), nil
}

func sameCharset(_ string, r io.Reader) (io.Reader, error) { return r, nil }

// xmlReason leaves out the line that a syntax error repeats.
func xmlReason(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return errors.New(syntax.Msg)
	}
	return err
}

type xmlParser struct {
	decoder *xml.Decoder
	open    []*element // the document, its root and so on
	nodes   int
}

type element struct {
	name  string
	text  bytes.Buffer
	below fields
}

func (p *xmlParser) parse() error {
	for {
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return p.end()
		}
		if err == nil {
			err = p.take(token)
		}
		if err != nil {
			return err
		}
	}
}

func (p *xmlParser) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return p.start(token)
	case xml.EndElement:
		return p.close(xmlName(token.Name))
	case xml.CharData:
		return p.characters(token)
	}
	return nil
}

func (p *xmlParser) top() *element { return p.open[len(p.open)-1] }

func (p *xmlParser) start(token xml.StartElement) error {
	p.nodes += 1 + len(token.Attr)
	switch {
	case p.nodes > maxXMLNodes:
		return fmt.Errorf("more than %d elements and attributes", maxXMLNodes)
	case len(p.open) > maxXMLDepth:
		return fmt.Errorf("elements nest deeper than %d", maxXMLDepth)
	case len(p.open) == 1 && len(p.top().below.names) > 0:
		return errors.New("a second root element")
	}
	started := &element{name: xmlName(token.Name)}
	for _, attribute := range token.Attr {
		started.below.field("@" + xmlName(attribute.Name)).leaf = value.String(attribute.Value)
	}
	p.open = append(p.open, started)
	return nil
}

func (p *xmlParser) close(name string) error {
	closed := p.top()
	if len(p.open) == 1 || closed.name != name {
		return fmt.Errorf("</%.60s> closes no element that is open", name)
	}
	p.open = p.open[:len(p.open)-1]
	place := p.top().below.field(closed.name)
	place.items = append(place.items, closed.field())
	return nil
}

func (p *xmlParser) characters(text []byte) error {
	if len(p.open) == 1 && len(bytes.TrimSpace(text)) > 0 {
		return errors.New("text outside the root element")
	}
	p.top().text.Write(text)
	return nil
}

func (p *xmlParser) end() error {
	switch {
	case len(p.open) > 1:
		return fmt.Errorf("<%.60s> is not closed", p.top().name)
	case len(p.open[0].below.names) == 0:
		return errors.New("no element")
	}
	return nil
}

func (e *element) field() *field {
	text := value.String(string(bytes.TrimSpace(e.text.Bytes())))
	if len(e.below.names) == 0 {
		return &field{leaf: text}
	}
	if len(text) > len(`""`) {
		e.below.field("#text").leaf = text
	}
	return &field{below: e.below}
}

func xmlName(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}
