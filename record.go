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
	// PreviousName renames the collection of that name while there is none of the new one.
	PreviousName string `json:"previousName,omitempty" doc:"Former name: the collection that still has it is renamed" zh:"原名称：仍使用该名称的集合将被重命名"`

	CreatedAt time.Time `json:"createdAt,omitzero" readonly:"true"`
	UpdatedAt time.Time `json:"updatedAt,omitzero" readonly:"true"`
}

// Field is one column of a Collection. Every record also has id, createdAt and
// updatedAt.
type Field struct {
	// ID tells the field apart whatever its name is: sent back with another name, it renames.
	ID       string          `json:"id,omitempty" doc:"Given by the server; sent back with another name, the field is renamed" zh:"由服务器生成；原样传回并改用其他名称即为重命名"`
	Name     string          `json:"name" required:"true" doc:"Unique in the collection" zh:"在集合内唯一"`
	Type     string          `json:"type" required:"true" doc:"Field type" zh:"字段类型"`
	Title    string          `json:"title,omitempty" doc:"Name shown to people" zh:"显示名称"`
	Required bool            `json:"required,omitempty" doc:"A record must have a value" zh:"必填"`
	Unique   bool            `json:"unique,omitempty" doc:"No two records have the same value" zh:"唯一"`
	Index    bool            `json:"index,omitempty" doc:"Filters and sorting by it are fast" zh:"建立索引"`
	Default  json.RawMessage `json:"default,omitempty" doc:"Value of a new record that names none" zh:"默认值"`
	Options  *FieldOptions   `json:"options,omitempty" doc:"Settings of the type" zh:"类型设置"`
	// PreviousName renames the field of that name while there is none of the new one.
	PreviousName string `json:"previousName,omitempty" doc:"Former name: the field that still has it is renamed" zh:"原名称：仍使用该名称的字段将被重命名"`
}

// FieldOptions are settings that only some types have.
type FieldOptions struct {
	Choices   []string `json:"choices,omitempty" doc:"select: the values allowed" zh:"select：可选值"`
	MaxLength int      `json:"maxLength,omitempty" doc:"string: longest text, in characters" zh:"string：最大长度"`

	Collection string `json:"collection,omitempty" doc:"relation: the other collection" zh:"relation：另一集合"`
	Kind       string `json:"kind,omitempty" enum:"one,many" doc:"relation: one, the default, keeps the id of a record of the other collection; many are its records that refer to this one" zh:"relation：one（默认）保存另一集合中一条记录的 id；many 为另一集合中指向本记录的记录"`
	Field      string `json:"field,omitempty" doc:"relation, many: the field of the other collection that refers to this one" zh:"relation（many）：另一集合中指向本记录的字段"`
	OnDelete   string `json:"onDelete,omitempty" enum:"setNull,restrict,cascade" doc:"relation, one: what happens when the other record is deleted; default setNull, or restrict where the field is required" zh:"relation（one）：另一条记录被删除时的处理；默认 setNull，必填时为 restrict"`
}
