package request

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hookflow/hookflow/internal/value"
)

var (
	xmlNamePattern = regexp.MustCompile(`^[\pL_][\pL\pN_.-]*(:[\pL_][\pL\pN_.-]*)?$`)
	errXMLRoot     = errors.New("XML needs an object with one member, which is the root element")
)

// IsXML reports whether a Content-Type is one of XML.
func IsXML(contentType string) bool {
	return parseContentType(contentType).is("+xml", "application/xml", "text/xml")
}

// XML writes an object as the document that it would be read from: members are elements, lists
// elements of the same name, @name attributes and #text the text beside them. null is an empty
// element, or no attribute.
func XML(v value.Value) ([]byte, error) {
	w := xmlWriter{}
	w.WriteString(xml.Header)
	root := 0
	for name, member := range v.Members() {
		if root++; root > 1 || member.Kind() == value.KindArray || !xmlNamePattern.MatchString(name) {
			return nil, errXMLRoot
		}
		if err := w.element(name, member); err != nil {
			return nil, err
		}
	}
	if root == 0 {
		return nil, errXMLRoot
	}
	return w.Bytes(), nil
}

type xmlWriter struct{ bytes.Buffer }

func (w *xmlWriter) element(name string, v value.Value) error {
	if !xmlNamePattern.MatchString(name) {
		return fmt.Errorf("%.60q cannot be the name of an XML element", name)
	}
	w.WriteString("<" + name)
	if err := w.attributes(v); err != nil {
		return err
	}
	w.WriteString(">")
	if err := w.content(v); err != nil {
		return err
	}
	w.WriteString("</" + name + ">")
	return nil
}

func (w *xmlWriter) attributes(v value.Value) error {
	for name, member := range v.Members() {
		name, is := strings.CutPrefix(name, "@")
		if !is || member.IsNull() {
			continue
		}
		if !xmlNamePattern.MatchString(name) {
			return fmt.Errorf("%.60q cannot be the name of an XML attribute", name)
		}
		w.WriteString(" " + name + `="`)
		w.text(member)
		w.WriteString(`"`)
	}
	return nil
}

func (w *xmlWriter) content(v value.Value) error {
	if v.Kind() != value.KindObject {
		w.text(v)
		return nil
	}
	for name, member := range v.Members() {
		switch {
		case strings.HasPrefix(name, "@"):
		case name == "#text":
			w.text(member)
		default:
			if err := w.elements(name, member); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *xmlWriter) elements(name string, v value.Value) error {
	if v.Kind() != value.KindArray {
		return w.element(name, v)
	}
	for _, item := range v.Items() {
		if err := w.element(name, item); err != nil {
			return err
		}
	}
	return nil
}

func (w *xmlWriter) text(v value.Value) {
	if !v.IsNull() {
		_ = xml.EscapeText(w, []byte(v.Text())) // a Buffer takes everything
	}
}
