package channel

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"mime"
	netmail "net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/node"
	"github.com/hookflow/hookflow/internal/value"
)

func init() {
	register(Def[smtpConfig]{
		Type:  "smtp",
		Title: node.Text{EN: "Mail (SMTP)", ZH: "邮件（SMTP）"},
		Help: node.Text{
			EN: "Sends mail through an SMTP server. A name and password are never sent in the clear, except to this machine. Every attempt to send a mail has the same Message-ID.",
			ZH: "通过 SMTP 服务器发送邮件。除本机外，绝不明文传输用户名与密码。同一封邮件每次尝试的 Message-ID 相同。",
		},
		Icon: "mail", Takes: []Part{To, CC, BCC, Title, Text, HTML, Attachments}, Needs: []Part{To},
		Sources: []string{"https://www.rfc-editor.org/rfc/rfc5321", "https://www.rfc-editor.org/rfc/rfc3207", "https://www.rfc-editor.org/rfc/rfc4954", "https://www.rfc-editor.org/rfc/rfc5322"},
		Check:   checkSMTP,
		Send:    sendSMTP,
	})
}

type smtpConfig struct {
	Host     string `json:"host" required:"true" doc:"Name or address of the server" zh:"服务器主机名或地址"`
	Port     int    `json:"port,omitempty" min:"1" max:"65535" doc:"Port; by security 587, 465 or 25" zh:"端口；按 security 默认为 587、465 或 25"`
	Security string `json:"security,omitempty" literal:"true" enum:"starttls,tls,none" default:"starttls" doc:"How the connection is encrypted: after STARTTLS, from its beginning, or not at all" zh:"连接加密方式：STARTTLS、直接 TLS，或不加密"`
	Username string `json:"username,omitempty" doc:"Name to log in with; empty logs nobody in" zh:"登录用户名；留空则不登录"`
	Password string `json:"password,omitempty" secret:"true" doc:"Password" zh:"密码"`
	From     string `json:"from" required:"true" doc:"Sender, as address or as Name <address>" zh:"发件人：地址，或 名称 <地址>" example:"Hookflow <hooks@example.com>"`
	CA       string `json:"ca,omitempty" ui:"textarea" more:"true" doc:"Certificates in PEM to trust instead of the system's" zh:"代替系统根证书的受信 CA 证书（PEM）"`
}

const (
	// maxMail bounds the texts and attachments of a mail, in bytes before encoding.
	maxMail = 25 << 20
	// maxRecipients is how many a server has to take (RFC 5321, section 4.5.3.1.8).
	maxRecipients = 100
	// smtpTimeout bounds the way to the server, and then the mail.
	smtpTimeout = time.Minute
	// delivered is the reply to a mail that was taken (RFC 5321, section 4.2.3).
	delivered = 250
)

var (
	errClear = errors.New("a name and password are not sent without encryption, except to localhost")
	errCA    = errors.New("holds no certificate in PEM")
)

// checkSMTP sees values with a variable as empty.
func checkSMTP(c *smtpConfig) []hookflow.Problem {
	var problems []hookflow.Problem
	if c.From != "" {
		if _, err := netmail.ParseAddress(c.From); err != nil {
			problems = append(problems, hookflow.Problem{Pointer: "/from", Detail: "is not a mail address"})
		}
	}
	if c.Host != "" && c.exposes() {
		problems = append(problems, hookflow.Problem{Pointer: "/security", Detail: errClear.Error()})
	}
	if _, err := c.tls(); err != nil {
		problems = append(problems, hookflow.Problem{Pointer: "/ca", Detail: err.Error()})
	}
	return problems
}

// exposes reports whether a password would be sent in the clear.
func (c *smtpConfig) exposes() bool {
	local := c.Host == "localhost" || c.Host == "127.0.0.1" || c.Host == "::1"
	return c.Security == "none" && c.Username != "" && !local
}

func (c *smtpConfig) tls() (*tls.Config, error) {
	config := &tls.Config{ServerName: c.Host, MinVersion: tls.VersionTLS12}
	if c.CA == "" {
		return config, nil
	}
	config.RootCAs = x509.NewCertPool()
	if !config.RootCAs.AppendCertsFromPEM([]byte(c.CA)) {
		return nil, errCA
	}
	return config, nil
}

func sendSMTP(ctx context.Context, env *Env, c *smtpConfig, m *node.Message) (node.Answer, error) {
	if c.exposes() {
		return node.Answer{}, errClear
	}
	message, err := c.compose(m, env.Clock())
	if err != nil {
		return node.Answer{}, err
	}
	config, err := c.tls()
	if err != nil {
		return node.Answer{}, fmt.Errorf("ca: %w", err)
	}
	connection, err := c.connect(ctx, env.Dialer, config)
	if err != nil {
		return refusedMail(ctx, err)
	}
	defer func() { _ = connection.Close() }() // everything is said by then
	defer context.AfterFunc(ctx, func() { _ = connection.Close() })()
	client, session, err := c.open(ctx, connection, config)
	if err != nil {
		return refusedMail(ctx, err)
	}
	if err := client.SendWithSMTPClient(session, message); err != nil && !message.IsDelivered() {
		return refusedMail(ctx, err)
	}
	_ = client.CloseWithSMTPClient(session) // the mail is the server's by now
	return node.Answer{Status: delivered, Body: new(value.Object).
		Set("messageId", value.String(message.GetMessageID())).
		Set("response", value.String(message.ServerResponse())).
		Value()}, nil
}

// connect opens the connection, encrypted when it is so from its beginning.
func (c *smtpConfig) connect(ctx context.Context, dialer node.Dialer, config *tls.Config) (node.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, smtpTimeout)
	defer cancel()
	connection, err := dialer.DialContext(ctx, "tcp", c.address())
	if err != nil || c.Security != "tls" {
		return connection, err
	}
	encrypted := tls.Client(connection, config)
	if err := encrypted.HandshakeContext(ctx); err != nil {
		_ = connection.Close()
		return nil, fmt.Errorf("%s: %w", c.address(), err)
	}
	return encrypted, nil
}

func (c *smtpConfig) address() string {
	port := c.Port
	if port == 0 {
		port = map[string]int{"starttls": 587, "tls": 465, "none": 25}[c.Security]
	}
	if strings.Contains(c.Host, ":") {
		return "[" + c.Host + "]:" + strconv.Itoa(port)
	}
	return c.Host + ":" + strconv.Itoa(port)
}

// open greets the server, encrypts the connection if that is still to be done,
// and logs in.
func (c *smtpConfig) open(ctx context.Context, connection node.Conn, config *tls.Config) (*mail.Client, *smtp.Client, error) {
	options := []mail.Option{
		mail.WithTimeout(smtpTimeout), mail.WithTLSConfig(config), mail.WithTLSPolicy(mail.TLSMandatory),
		mail.WithDialContextFunc(func(context.Context, string, string) (node.Conn, error) { return connection, nil }),
	}
	switch c.Security {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	}
	if c.Username != "" {
		options = append(options, mail.WithUsername(c.Username), mail.WithPassword(c.Password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthPlain, mail.SMTPAuthLogin, mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthCramMD5))
	}
	client, err := mail.NewClient(c.Host, options...)
	if err != nil {
		return nil, nil, err
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	return client, session, err
}

// refusedMail is what a server said that has not taken a mail, or why it said
// nothing.
func refusedMail(ctx context.Context, err error) (node.Answer, error) {
	if ctx.Err() != nil {
		return node.Answer{}, context.Cause(ctx)
	}
	code := 0
	var reply *textproto.Error
	var failed *mail.SendError
	switch {
	case errors.As(err, &reply):
		code = reply.Code
	case errors.As(err, &failed):
		code = failed.ErrorCode()
	}
	if code == 0 {
		return node.Answer{}, fmt.Errorf("the mail was not sent: %w", err)
	}
	answer := node.Answer{Status: code, Body: value.String(err.Error())}
	if code < 500 {
		return answer, fmt.Errorf("the mail server takes no mail for now, try again later: %w", err)
	}
	return answer, fmt.Errorf("the mail server has refused: %w", err)
}

// compose writes a mail.
func (c *smtpConfig) compose(m *node.Message, now time.Time) (*mail.Msg, error) {
	message := mail.NewMsg(mail.WithNoDefaultUserAgent())
	from, err := netmail.ParseAddress(c.From)
	if err != nil {
		return nil, errors.New("the channel's config/from is not a mail address")
	}
	if err := address(message, m); err != nil {
		return nil, err
	}
	if strings.ContainsAny(m.Title, "\r\n") {
		return nil, errors.New("subject: must be one line")
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	message.FromMailAddress(from)
	message.Subject(m.Title)
	message.SetDateWithValue(now)
	message.SetMessageIDWithValue(hexSHA256(m.ID)[:32] + "@" + domain)
	message.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody's absence is to answer it
	switch {
	case m.HTML == "":
		message.SetBodyString(mail.TypeTextPlain, m.Text)
	case m.Text == "":
		message.SetBodyString(mail.TypeTextHTML, m.HTML)
	default:
		message.SetBodyString(mail.TypeTextPlain, m.Text)
		message.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	}
	return message, attach(message, m)
}

// address sets who a mail is for.
func address(message *mail.Msg, m *node.Message) error {
	count := 0
	for _, kind := range []struct {
		part  Part
		texts []string
		set   func(...*netmail.Address)
	}{{To, m.To, message.ToMailAddress}, {CC, m.CC, message.CcMailAddress}, {BCC, m.BCC, message.BccMailAddress}} {
		var all []*netmail.Address
		for _, text := range kind.texts {
			parsed, err := netmail.ParseAddressList(text)
			if err != nil {
				return fmt.Errorf("%s: %.100q is not a mail address", kind.part, text)
			}
			all = append(all, parsed...)
		}
		if len(all) > 0 {
			kind.set(all...)
		}
		count += len(all)
	}
	if count > maxRecipients {
		return fmt.Errorf("to: a mail can go to at most %d addresses at once", maxRecipients)
	}
	return nil
}

// attach adds the attachments, as long as the mail does not become too large.
func attach(message *mail.Msg, m *node.Message) error {
	size := len(m.Text) + len(m.HTML)
	for _, file := range m.Attachments {
		size += len(file.Content)
		if file.Filename == "" || strings.ContainsFunc(file.Filename, isControl) {
			return fmt.Errorf("attachments: %.100q is not the name of a file", file.Filename)
		}
		var options []mail.FileOption
		if file.ContentType != "" {
			if _, _, err := mime.ParseMediaType(file.ContentType); err != nil || strings.ContainsFunc(file.ContentType, isControl) {
				return fmt.Errorf("attachments: %.100q is not a content type", file.ContentType)
			}
			options = append(options, mail.WithFileContentType(mail.ContentType(file.ContentType)))
		}
		message.AttachReadSeeker(file.Filename, bytes.NewReader(file.Content), options...)
	}
	if size > maxMail {
		return fmt.Errorf("the mail has %d bytes; at most %d MiB are sent", size, maxMail>>20)
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }
