package api

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookflow/hookflow/internal/value"
)

//go:embed docs.tmpl docs.css
var docsFiles embed.FS

// serveDocs makes the OpenAPI document and the pages that show it, once, after all operations are
// known.
func (a *api) serveDocs() {
	openAPI := a.openAPI()
	a.mux.HandleFunc("GET "+under("openapi.json"), func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(openAPI) // a reader that is gone needs nothing
	})
	style, err := docsFiles.ReadFile("docs.css")
	if err != nil {
		panic(err) // not reached: it is embedded
	}
	policy := fmt.Sprintf("default-src 'none'; style-src '%s'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'", digestOf(style))
	pages := map[string][]byte{"en": docsPage(openAPI, style, "en"), "zh": docsPage(openAPI, style, "zh")}
	a.mux.HandleFunc("GET "+under("docs"), func(w http.ResponseWriter, r *http.Request) {
		language := languageOf(r)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Language", language)
		w.Header().Set("Vary", "Accept-Language")
		w.Header().Set("Content-Security-Policy", policy)
		_, _ = w.Write(pages[language])
	})
}

// digestOf is a text's hash as a policy names it.
func digestOf(text []byte) string {
	digest := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(digest[:])
}

// languageOf is what ?lang= says, or else the first of the two languages that the browser lists.
func languageOf(r *http.Request) string {
	for _, wanted := range append([]string{r.URL.Query().Get("lang")}, strings.Split(r.Header.Get("Accept-Language"), ",")...) {
		for _, language := range []string{"en", "zh"} {
			if strings.HasPrefix(strings.ToLower(strings.TrimSpace(wanted)), language) {
				return language
			}
		}
	}
	return "en"
}

// openAPI is huma's document with the schemas of the bodies that are decoded here.
func (a *api) openAPI() []byte {
	if a.PublicURL != "" {
		a.huma.OpenAPI().Servers = append(a.huma.OpenAPI().Servers, &huma.Server{URL: a.PublicURL})
	}
	encoded, err := a.huma.OpenAPI().MarshalJSON()
	if err != nil {
		panic(fmt.Sprintf("encode the OpenAPI document: %v", err)) // not reached: it holds plain data only
	}
	whole := value.Value(encoded)
	schemas := &value.Object{}
	for name, schema := range whole.Get("components", "schemas").Members() {
		if name != "ErrorModel" && name != "ErrorDetail" { // huma's own, which are never sent
			schemas.Set(name, schema)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.bodies)) {
		schemas.Set(name, embedded(a.bodies[name], name))
	}
	components := with(whole.Get("components"), "schemas", schemas.Value())
	return indented(with(whole, "components", components))
}

// embedded is a JSON Schema as a component: its references start at the whole document now.
func embedded(schema value.Value, name string) value.Value {
	text := bytes.ReplaceAll(schema, []byte(`"#/$defs/`), []byte(`"#/components/schemas/`+name+`/$defs/`))
	out := &value.Object{}
	for member, v := range value.Value(text).Members() {
		if member != "$schema" {
			out.Set(member, v)
		}
	}
	return out.Value()
}

// with is an object with one member replaced.
func with(object value.Value, name string, v value.Value) value.Value {
	out := &value.Object{}
	for member, old := range object.Members() {
		out.Set(member, old)
	}
	return out.Set(name, v).Value()
}

func indented(v value.Value) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, v, "", "  "); err != nil {
		return v // not reached: it was just made
	}
	return out.Bytes()
}

// docsCall is one call on the page.
type docsCall struct {
	ID, Method, Path, Summary, Role string
	Parameters                      []docsParameter
	Body                            string // an address of a schema on this page
}

type docsParameter struct{ Name, In, Type, Doc string }

type docsSchema struct {
	Name    string
	Members []docsMember
}

type docsMember struct {
	Name, Type, Doc string
	Required        bool
}

type docsGroup struct {
	Name  string
	Calls []docsCall
}

// docsPage draws the OpenAPI document as one page without scripts.
func docsPage(openAPI, style []byte, language string) []byte {
	page := template.Must(template.New("docs.tmpl").ParseFS(docsFiles, "docs.tmpl"))
	var out bytes.Buffer
	err := page.Execute(&out, map[string]any{
		"ZH": language == "zh", "Groups": docsGroups(openAPI, language), "Schemas": docsSchemas(openAPI, language),
		"Style":   template.CSS(style), //nolint:gosec // our own file
		"Version": value.Value(openAPI).Get("info", "version").Text(),
	})
	if err != nil {
		panic(fmt.Sprintf("draw the API's page: %v", err)) // not reached: the template is tested
	}
	return out.Bytes()
}

func docsGroups(openAPI value.Value, language string) []docsGroup {
	var groups []docsGroup
	for path, methods := range openAPI.Get("paths").Members() {
		for method, call := range methods.Members() {
			tag := call.Get("tags", "0").Text()
			i := slices.IndexFunc(groups, func(g docsGroup) bool { return g.Name == tag })
			if i < 0 {
				i, groups = len(groups), append(groups, docsGroup{Name: tag})
			}
			groups[i].Calls = append(groups[i].Calls, docsCallOf(path, method, call, language))
		}
	}
	return groups
}

func docsCallOf(path, method string, call value.Value, language string) docsCall {
	out := docsCall{
		ID: call.Get("operationId").Text(), Method: strings.ToUpper(method), Path: path, Role: call.Get("x-role").Text(),
		Summary: inLanguage(call, "summary", language),
		Body:    strings.TrimPrefix(call.Get("requestBody", "content", "application/json", "schema", "$ref").Text(), "#/components/schemas/"),
	}
	for _, p := range call.Get("parameters").Items() {
		out.Parameters = append(out.Parameters, docsParameter{
			p.Get("name").Text(), p.Get("in").Text(), typeOf(p.Get("schema")), p.Get("description").Text(),
		})
	}
	return out
}

// inLanguage is a member's text, or its Chinese one where there is one.
func inLanguage(v value.Value, member value.Segment, language string) string {
	if zh := v.Get("x-zh").Text(); language == "zh" && zh != "" {
		return zh
	}
	return v.Get(member).Text()
}

func typeOf(schema value.Value) string {
	if ref := schema.Get("$ref").Text(); ref != "" {
		return ref[strings.LastIndex(ref, "/")+1:]
	}
	if choices := schema.Get("enum"); choices != nil {
		var words []string
		for _, choice := range choices.Items() {
			words = append(words, choice.Text())
		}
		return strings.Join(words, " | ")
	}
	if items := schema.Get("items"); items != nil {
		return typeOf(items) + "[]"
	}
	switch kind := schema.Get("type"); kind.Kind() {
	case value.KindArray:
		return kind.Get("0").Text()
	case value.KindString:
		return kind.Text()
	default:
		return "any"
	}
}

func docsSchemas(openAPI value.Value, language string) []docsSchema {
	var schemas []docsSchema
	for name, schema := range openAPI.Get("components", "schemas").Members() {
		out := docsSchema{Name: name}
		for member, v := range schema.Get("properties").Members() {
			required := slices.ContainsFunc(itemsOf(schema.Get("required")), func(r value.Value) bool { return r.Text() == member })
			out.Members = append(out.Members, docsMember{member, typeOf(v), inLanguage(v, "description", language), required})
		}
		schemas = append(schemas, out)
	}
	return schemas
}

func itemsOf(list value.Value) []value.Value {
	var out []value.Value
	for _, item := range list.Items() {
		out = append(out, item)
	}
	return out
}
