package hookflow

import (
	"encoding/json"
	"time"
)

// Collection is a user's table.
type Collection struct {
	Kind   string  `json:"kind" enum:"Collection" default:"Collection" doc:"Always Collection" zh:"固定为 Collection"`
	Name   string  `json:"name" required:"true" doc:"Unique name: a letter, then letters, digits and _, at most 63" zh:"唯一名称：字母开头，字母、数字与 _，最多 63 个字符"`
	Title  string  `json:"title,omitempty" doc:"Name shown to people" zh:"显示名称"`
	Fields []Field `json:"fields" doc:"Columns" zh:"字段"`

	CreatedAt time.Time `json:"createdAt,omitzero" readonly:"true"`
	UpdatedAt time.Time `json:"updatedAt,omitzero" readonly:"true"`
}

// Field is one column of a Collection. Every record also has id, createdAt and
// updatedAt.
type Field struct {
	Name     string          `json:"name" required:"true" doc:"Unique in the collection" zh:"在集合内唯一"`
	Type     string          `json:"type" required:"true" doc:"Field type" zh:"字段类型"`
	Title    string          `json:"title,omitempty" doc:"Name shown to people" zh:"显示名称"`
	Required bool            `json:"required,omitempty" doc:"A record must have a value" zh:"必填"`
	Unique   bool            `json:"unique,omitempty" doc:"No two records have the same value" zh:"唯一"`
	Index    bool            `json:"index,omitempty" doc:"Filters and sorting by it are fast" zh:"建立索引"`
	Default  json.RawMessage `json:"default,omitempty" doc:"Value of a new record that names none" zh:"默认值"`
	Options  *FieldOptions   `json:"options,omitempty" doc:"Settings of the type" zh:"类型设置"`
}

// FieldOptions are settings that only some types have.
type FieldOptions struct {
	Choices   []string `json:"choices,omitempty" doc:"select: the values allowed" zh:"select：可选值"`
	MaxLength int      `json:"maxLength,omitempty" doc:"string: longest text, in characters" zh:"string：最大长度"`
}
