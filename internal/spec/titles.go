package spec

import (
	"strings"
	"unicode"
)

// title makes a label of a name: maxBytes is "Max bytes".
func title(name string) string {
	if spelt := acronyms[name]; spelt != "" {
		return spelt
	}
	var words strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		begins := i > 0 && unicode.IsUpper(r) && !unicode.IsUpper(letters[i-1])
		acronym := unicode.IsUpper(r) && (i+1 == len(letters) || unicode.IsUpper(letters[i+1]))
		if begins {
			words.WriteByte(' ')
		}
		switch {
		case i == 0:
			r = unicode.ToUpper(r)
		case begins && !acronym:
			r = unicode.ToLower(r)
		}
		words.WriteRune(r)
	}
	if before, found := strings.CutSuffix(words.String(), " id"); found {
		return before + " ID"
	}
	return words.String()
}

// acronyms are names that are written in capitals.
var acronyms = map[string]string{
	"apiUrl": "API URL", "bcc": "BCC", "ca": "CA", "cc": "CC", "cors": "CORS", "html": "HTML",
	"json": "JSON", "sql": "SQL", "jwks": "JWKS", "jwksURL": "JWKS URL", "tls": "TLS", "tokenURL": "Token URL", "url": "URL",
}

// titlesZH are the labels of names in Chinese. A name means much the same in
// every configuration; what exactly, its description says.
var titlesZH = map[string]string{ //nolint:gosec // labels of credentials, no credentials
	"accessKeyId": "AccessKey ID", "accessKeySecret": "AccessKey Secret", "accountSid": "Account SID",
	"aesKey": "加密密钥", "agentId": "应用 AgentId", "alg": "算法", "algorithm": "算法", "algorithms": "算法", "all": "全部",
	"allowIPs": "允许的 IP", "any": "任一", "apiUrl": "接口地址", "apiV3Key": "APIv3 密钥", "appId": "应用 ID", "assign": "赋值",
	"attachments": "附件", "attempts": "尝试次数", "audience": "受众", "auth": "认证", "authToken": "Auth Token",
	"backoff": "等待方式", "base64": "Base64 内容", "bcc": "密送", "body": "正文", "bodyClaim": "请求体摘要声明",
	"botToken": "机器人令牌", "branches": "分支", "by": "限流依据",
	"ca": "CA 证书", "cases": "情形", "cc": "抄送", "cert": "证书", "channel": "渠道", "chatId": "会话 ID", "claims": "声明",
	"clientId": "Client ID", "clientSecret": "Client Secret", "code": "代码", "collection": "数据表", "comparison": "比较", "concurrency": "并发数",
	"config": "配置", "content": "内容", "contentType": "内容类型", "corpId": "企业 ID", "cors": "跨域",
	"dedupe": "去重", "deliveries": "收到的请求", "denyIPs": "拒绝的 IP", "disabled": "停用",
	"enabled": "启用", "encoding": "编码", "encodingAESKey": "EncodingAESKey", "encryptKey": "Encrypt Key", "engine": "引擎",
	"env": "环境变量", "expression": "表达式",
	"failed": "未成功的执行", "fields": "字段", "file": "文件", "filename": "文件名", "filter": "过滤条件",
	"followRedirects": "跟随重定向", "for": "时长", "form": "表单", "from": "发送方", "future": "允许超前",
	"header": "请求头", "headers": "HTTP 头", "hexCase": "允许大写", "host": "主机", "html": "HTML 正文",
	"ignoreFailure": "忽略失败", "input": "输入", "interval": "间隔", "issuer": "签发方",
	"json": "JSON 路径", "jwks": "JWK Set", "jwksURL": "JWK Set 地址",
	"key": "键", "keys": "密钥", "keyValueSeparator": "键值分隔符", "kind": "种类",
	"left": "左值", "limit": "上限", "listSeparator": "列表分隔符",
	"many": "返回列表", "markdown": "Markdown", "maxBytes": "请求体上限", "method": "请求方法", "methods": "请求方法", "mode": "模式",
	"multipart": "多部分表单",
	"name":      "名称", "node": "节点", "nodes": "节点", "not": "非",
	"onCrash": "崩溃后", "onEmpty": "为空时", "onError": "出错时", "onNoMatch": "无匹配时", "onTimeout": "超时后", "op": "运算符",
	"options": "选项", "origins": "来源", "over": "对象", "ownerKey": "应用标识",
	"page": "页码", "pageSize": "每页数量", "params": "参数", "password": "密码", "path": "路径", "per": "每段时间",
	"platformKeys": "平台公钥", "port": "端口", "prefix": "前缀", "proxy": "代理", "publicKey": "公钥", "publicKeys": "公钥",
	"query":    "查询参数",
	"distinct": "去重", "field": "字段", "function": "计算方式", "sql": "SQL 语句", "upsertBy": "更新依据", "with": "关联", "write": "允许写入",
	"rateLimit": "限流", "receiveId": "接收方 ID", "redirect": "重定向", "region": "地域", "requests": "请求数",
	"requiredComponents": "必须签名的组件", "response": "应答", "retain": "保留", "retry": "重试", "retryOn": "重试的状态码",
	"right":  "右值",
	"schema": "JSON Schema", "scheme": "验证方式", "scopes": "权限范围", "secret": "密钥", "secretEncoding": "密钥编码",
	"secretId": "SecretId", "secretKey": "SecretKey", "secretPrefix": "密钥前缀", "secrets": "密钥", "security": "加密方式",
	"serviceAccountEmail": "服务账号", "signName": "短信签名", "sort": "排序", "source": "数据源", "status": "状态", "subject": "主题",
	"subjects": "证书主题", "succeeded": "成功的执行", "sync": "同步",
	"template": "模板", "text": "文本", "timeout": "超时", "timestamp": "时间戳", "timestampHeader": "时间戳请求头", "title": "标题",
	"tls": "TLS", "to": "接收人", "token": "令牌", "tokenURL": "令牌地址", "tolerance": "时间容差", "topic": "主题",
	"topicArns": "主题 ARN", "trigger": "触发器", "type": "类型",
	"unit": "单位", "until": "直到", "url": "地址", "urlEncoded": "百分号编码", "username": "用户名",
	"value": "值", "values": "值", "verification": "验证", "verificationToken": "Verification Token",
	"verifyToken": "验证令牌",
	"wait":        "等待结束", "webhookId": "Webhook ID", "when": "条件", "while": "循环条件", "window": "时间窗口", "workflow": "工作流",
}
