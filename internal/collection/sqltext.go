package collection

import (
	"slices"
	"strings"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/value"
)

// A user's SQL is confined by its words. What reaches the database holds nothing but the keywords,
// functions, types and signs of the lists here, values, and names; and every name is given a mark
// that no name of the database begins with. So a statement can only name what stands before it: the
// collections, as common table expressions with marked names. docs/adr/0012-sql-node.md says why.
const mark = "~"

// keywords may stand in a query. What is not here is a name: INSERT, INTO, FOR, PRAGMA, COPY …
var keywords = wordSet(`
	select distinct all from where group by having order asc desc nulls first last limit offset as on using
	join inner left right full outer cross natural union intersect except with recursive and or not in is null
	true false like ilike between exists case when then else end cast over partition rows range unbounded
	preceding following current row values filter escape interval`)

// functions are those of both databases that compute from their arguments alone, in time and room
// that the arguments bound.
var functions = wordSet(`
	abs avg ceil ceiling coalesce concat concat_ws count cume_dist date date_part date_trunc datetime
	dense_rank exp first_value floor greatest group_concat ifnull iif instr json_array_length json_extract
	json_type julianday lag last_value lead least left length ln log lower ltrim max min mod nth_value ntile
	nullif percent_rank pow power rank replace right round row_number rtrim sign sqrt strftime string_agg
	strpos substr substring sum to_char total trim trunc unixepoch upper`)

// sqlTypes are what a value can be cast to.
var sqlTypes = wordSet(`
	text varchar integer int bigint smallint numeric decimal real float double precision boolean date
	timestamp timestamptz time interval json jsonb`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// confined is a statement that the database may see.
type confined struct {
	text   strings.Builder
	args   []any
	params value.Value
	known  *catalogue
	used   []*table
	open   []bool // the open parentheses; true for those of a CAST
	isType bool   // the next word is a type
}

// confine translates the tokens of a query, or of a part of one.
func (c *confined) confine(all []token) error {
	for i, t := range all {
		var before, after token
		if i > 0 {
			before = all[i-1]
		}
		if i+1 < len(all) {
			after = all[i+1]
		}
		if err := c.add(t, before, after); err != nil {
			return err
		}
	}
	if len(c.open) > 0 {
		return refusedSQL("has a parenthesis that is not closed")
	}
	return nil
}

func (c *confined) add(t, before, after token) error {
	switch t.kind {
	case wordToken:
		return c.word(t, before, after)
	case nameToken:
		return c.name(t.text)
	case textToken:
		c.write("'" + strings.ReplaceAll(t.text, "'", "''") + "'")
		return nil
	case paramToken:
		return c.param(t.text, before.is("("))
	case symbolToken:
		return c.symbol(t, before)
	default:
		c.write(t.text)
		return nil
	}
}

func (c *confined) write(text string) {
	c.text.WriteByte(' ')
	c.text.WriteString(text)
}

func (c *confined) word(t, before, after token) error {
	word := strings.ToLower(t.text)
	switch {
	case c.isType && sqlTypes[word]:
		c.isType = word == "double"
		c.write(word)
	case c.isType:
		return refusedSQL("casts to %s, which is not one of the types here", quote(t.text))
	case before.is("."):
		return c.name(t.text)
	case after.is("(") && functions[word]:
		c.write(word)
	case keywords[word]:
		c.isType = word == "as" && len(c.open) > 0 && c.open[len(c.open)-1]
		c.write(word)
	default:
		return c.name(t.text)
	}
	return nil
}

func (c *confined) symbol(t, before token) error {
	switch t.text {
	case "(":
		c.open = append(c.open, before.is("cast"))
	case ")":
		if len(c.open) == 0 {
			return refusedSQL("closes a parenthesis that is not open")
		}
		c.open = c.open[:len(c.open)-1]
	case "::":
		c.isType = true
	}
	c.write(t.text)
	return nil
}

// name gives a name its mark, and remembers the collection it may mean.
func (c *confined) name(name string) error {
	if name == "" || len(name) > maxName {
		return refusedSQL("holds a name that is empty or longer than %d bytes", maxName)
	}
	if t := c.known.byName[name]; t != nil && !slices.Contains(c.used, t) {
		c.used = append(c.used, t)
	}
	c.write(marked(name))
	return nil
}

func marked(name string) string { return `"` + mark + strings.ReplaceAll(name, `"`, `""`) + `"` }

// param binds a value; in parentheses of its own a list is bound as one value after another, for IN.
func (c *confined) param(name string, listed bool) error {
	v := c.params.Get(value.Segment(name))
	switch {
	case v == nil:
		return hookflow.Invalid("the statement is refused", hookflow.Problem{
			Pointer: "/params/" + hookflow.EscapePointer(name), Detail: "is missing: the statement has :" + name,
		})
	case listed && v.Kind() == value.KindArray:
		return c.list(v)
	}
	return c.bind(v)
}

func (c *confined) list(list value.Value) error {
	if list.Len() > maxIn {
		return refusedSQL("has a list of more than %d values", maxIn)
	}
	if list.Len() == 0 {
		c.write("NULL")
	}
	for i, v := range list.Items() {
		if i > 0 {
			c.write(",")
		}
		if err := c.bind(v); err != nil {
			return err
		}
	}
	return nil
}

// bind adds an argument. PostgreSQL finds out by itself what type is needed, and reads it from text.
func (c *confined) bind(v value.Value) error {
	if len(c.args) == maxFilterArgs {
		return refusedSQL("has more than %d values", maxFilterArgs)
	}
	text, err := textIn(value.String(v.Text()))
	if err != nil {
		return refusedSQL("has a value that %s", err)
	}
	c.write("?")
	c.args = append(c.args, sqlArg(v, text, c.known.postgres))
	return nil
}

func sqlArg(v value.Value, text string, postgres bool) any {
	switch {
	case v.IsNull():
		return nil
	case postgres:
		return text
	}
	if n, ok := v.Int64(); ok {
		return n
	}
	if f, ok := v.Float64(); ok {
		return f
	}
	if b, ok := v.Bool(); ok {
		return b
	}
	return text
}

// statement puts the collections that a query may mean before it.
func (c *confined) statement(limit int) (string, []any) {
	var sql strings.Builder
	for i, t := range c.used {
		if i == 0 {
			sql.WriteString("WITH ")
		} else {
			sql.WriteString(", ")
		}
		sql.WriteString(t.expression())
	}
	whole := "*"
	if c.known.postgres {
		whole = "row_to_json(q)::text"
	}
	sql.WriteString(" SELECT " + whole + " FROM (" + c.text.String() + ") AS q LIMIT ?")
	return sql.String(), append(c.args, limit)
}

// expression shows a table under marked names, with values that read as those of records do.
func (t *table) expression() string {
	names, shown := make([]string, len(t.columns)), make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i], shown[i] = marked(c.Name), c.shown(t.postgres)
	}
	return marked(t.collection.Name) + " (" + strings.Join(names, ", ") + ") AS NOT MATERIALIZED (SELECT " +
		strings.Join(shown, ", ") + " FROM " + t.physical + ")"
}

func (c *column) shown(postgres bool) string {
	switch {
	case c.typ == datetimeType && postgres:
		return "to_timestamp(" + c.physical + " / 1000000.0)"
	case c.typ == datetimeType:
		return timeFunction + "(" + c.physical + ") COLLATE " + timeCollation
	case c.typ.class == structure && postgres:
		return c.physical + "::json"
	default:
		return c.physical
	}
}
