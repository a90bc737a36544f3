package nodes

// What results look like where every config gives the same, as JSON Schemas.
const (
	nothing = `{"type":"null"}`

	countSchema = `{"type":"object","required":["count"],"properties":{
		"count":{"type":"integer","minimum":0,"description":"How many records were changed","x-zh":"更新的记录数"}}}`

	branchesSchema = `{"type":"object","description":"By branch","x-zh":"按分支","additionalProperties":{
		"type":"object","required":["status"],"properties":{
			"status":{"enum":["succeeded","failed","error","cancelled"],"description":"How the branch ended","x-zh":"分支的结束状态"},
			"result":{"description":"Result of its last node","x-zh":"其最后一个节点的结果"},
			"error":{"type":"string","description":"Why it did not succeed","x-zh":"未成功的原因"}}}}`

	answerSchema = `{"type":"object","required":["status","headers","data"],"properties":{
		"status":{"type":["integer","null"],"description":"Status; null when there was no answer","x-zh":"状态码；没有应答时为 null"},
		"headers":{"type":"object","description":"Headers, their names in lower case","x-zh":"响应头，名称为小写"},
		"data":{"description":"Body, parsed by its Content-Type; {truncated, bytes, head} of one that was cut","x-zh":"按 Content-Type 解析的响应体；被截断时为 {truncated, bytes, head}"}}}`

	responseSchema = `{"type":"object","required":["status","headers","body"],"properties":{
		"status":{"type":"integer","description":"Status","x-zh":"状态码"},
		"headers":{"type":"object","additionalProperties":{"type":"string"},"description":"Headers","x-zh":"响应头"},
		"body":{"description":"Body; null when there is none","x-zh":"响应体；没有时为 null"}}}`
)
