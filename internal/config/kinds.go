package config

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"github.com/hookflow/hookflow"
	"github.com/hookflow/hookflow/internal/network"
)

// kind is how the text of a setting becomes its value. parse returns exactly
// the type of the Config fields that name the kind.
type kind struct {
	expects, zh string
	parse       func(text string) (any, error)
}

var errKind = errors.New("not as expected")

var kinds = map[string]kind{
	"address":  {"host:port such as 127.0.0.1:8080 or :8080", "主机:端口，如 127.0.0.1:8080 或 :8080", parseAddress},
	"path":     {"a directory", "目录", func(s string) (any, error) { return s, nil }},
	"postgres": {"postgres://user:password@host:5432/database", "postgres://用户:密码@主机:5432/数据库", parsePostgres},
	"key":      {"32 bytes in base64 or hex (openssl rand -base64 32 makes one)", "32 字节，base64 或十六进制（可用 openssl rand -base64 32 生成）", parseKey},
	"url":      {"an http or https URL such as https://hooks.example.com", "http 或 https 地址，如 https://hooks.example.com", parseURL},
	"networks": {"addresses and CIDRs such as 10.0.0.0/8, separated by commas", "IP 与 CIDR，如 10.0.0.0/8，以逗号分隔", parseNetworks},
	"sets":     {"addresses, CIDRs and the groups loopback, private, link-local, metadata (of cloud providers) and public, separated by commas", "IP、CIDR，以及分组 loopback（本机）、private（内网）、link-local（链路本地）、metadata（云元数据）、public（公网），以逗号分隔", parseSets},
	"file":     {"a file", "文件", func(s string) (any, error) { return s, nil }},
	"domains":  {"domain names such as hooks.example.com, at most 100, separated by commas", "域名，如 hooks.example.com，最多 100 个，以逗号分隔", parseDomains},
	"email":    {"an e-mail address", "邮箱地址", parseEmail},
	"https":    {"an https URL such as https://acme.example.com/directory", "https 地址，如 https://acme.example.com/directory", parseHTTPS},
	"size":     {"a number of bytes from 1 to 1GiB such as 65536, 64KiB or 5MiB", "1 到 1GiB 的字节数，如 65536、64KiB 或 5MiB", parseSize},
	"count":    {"a whole number from 1 to 100000000", "1 到 100000000 的整数", parseCount(100_000_000)},
	"workers":  {"a whole number from 1 to 10000", "1 到 10000 的整数", parseCount(10_000)},
	"duration": {"a duration such as 20s or 2m", "时长，如 20s 或 2m", parseDuration},
	"level":    {"debug, info, warn or error", "debug、info、warn 或 error", parseLevel},
	"format":   {"text or json", "text 或 json", parseFormat},
}

func parseAddress(text string) (any, error) {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return nil, err
	}
	_, err = strconv.ParseUint(port, 10, 16)
	return text, err
}

func parsePostgres(text string) (any, error) {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		return nil, errKind
	}
	return text, nil
}

// parseKey accepts what secret.ParseKey accepts; it only looks, so that this
// package stays below all others.
func parseKey(text string) (any, error) {
	for _, decode := range []func(string) ([]byte, error){
		hex.DecodeString,
		base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString,
		base64.URLEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if key, err := decode(strings.TrimSpace(text)); err == nil && len(key) == 32 {
			return text, nil
		}
	}
	return nil, errKind
}

func parseURL(text string) (any, error) {
	u, err := url.Parse(text)
	if err != nil {
		return nil, err
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errKind
	}
	return strings.TrimRight(text, "/"), nil
}

func parseNetworks(text string) (any, error) {
	var networks []netip.Prefix
	for item := range strings.SplitSeq(text, ",") {
		network, err := parseNetwork(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		networks = append(networks, network)
	}
	return networks, nil
}

func parseNetwork(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		network, err := netip.ParsePrefix(text)
		return network.Masked(), err
	}
	addr, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, err
	}
	return netip.PrefixFrom(addr, addr.BitLen()), nil
}

func parseSets(text string) (any, error) {
	var sets []network.Set
	for item := range strings.SplitSeq(text, ",") {
		set, err := network.Parse(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// maxDomains is how many names an operator may well list by hand.
const maxDomains = 100

func parseDomains(text string) (any, error) {
	var domains []string
	for item := range strings.SplitSeq(text, ",") {
		domain, err := idna.Lookup.ToASCII(strings.TrimSpace(item))
		if err != nil || !strings.Contains(strings.Trim(domain, "."), ".") || net.ParseIP(domain) != nil {
			return nil, errKind
		}
		domains = append(domains, domain)
	}
	if len(domains) > maxDomains {
		return nil, errKind
	}
	return domains, nil
}

func parseEmail(text string) (any, error) {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return nil, errKind
	}
	return text, nil
}

func parseHTTPS(text string) (any, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil, errKind
	}
	return text, nil
}

func parseSize(text string) (any, error) {
	var size hookflow.Size
	if err := size.UnmarshalText([]byte(text)); err != nil {
		return nil, err
	}
	if size < 1 || size > 1<<30 {
		return nil, errKind
	}
	return size, nil
}

func parseCount(most int) func(string) (any, error) {
	return func(text string) (any, error) {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > most {
			return nil, errKind
		}
		return n, nil
	}
}

func parseDuration(text string) (any, error) {
	d, err := hookflow.ParseDuration(text)
	return d.Std(), err
}

func parseLevel(text string) (any, error) {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(text)]
	if !ok {
		return nil, errKind
	}
	return level, nil
}

func parseFormat(text string) (any, error) {
	if text != "text" && text != "json" {
		return nil, errKind
	}
	return text, nil
}
