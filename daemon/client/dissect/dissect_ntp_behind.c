/* dissect_ntp_behind.c — what follows the header of an NTP packet. */
#include "client/dissect/dissect_ntp_behind.h"

#include "core/bytes.h"
#include "services/ntp/ntp_extension.h"

#include <stdio.h>

enum {
	VERSION_EXTENDED = 4, /* the first that has fields */
	DIGEST_SHOWN = 20,    /* bytes of a digest: SHA-1's */
};

/* IANA: NTP Extension Field Types. */
static const struct {
	uint16_t type;
	const char *meaning, *rfc;
} types[] = {
    {0x0104, "NTS unique identifier", "RFC 8915 §5.3"},
    {0x0204, "NTS cookie", "RFC 8915 §5.4"},
    {0x0304, "NTS cookie placeholder", "RFC 8915 §5.5"},
    {0x0404, "NTS authenticator and encrypted fields", "RFC 8915 §5.6"},
    {0x2005, "UDP checksum complement", "RFC 7821 §3"},
};

static void
put_type(struct dissect *dissect, size_t at)
{
	unsigned type = bytes_get16be(dissect->bytes.data + at);

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].type == type) {
			dissect_field(dissect, STYLE_TYPE, at, 2, "Field type",
			    types[i].rfc, "0x%04x", type);
			dissect_means(dissect, "%s", types[i].meaning);
			return;
		}
	dissect_field(dissect, STYLE_TYPE, at, 2, "Field type", "RFC 7822 §3",
	    "0x%04x", type);
}

static void
put_field(struct dissect *dissect, size_t at, size_t len)
{
	dissect_enter(
	    dissect, DISSECT_GROUP, at, len, "Extension field", "RFC 7822 §3");
	put_type(dissect, at);
	dissect_field(dissect, STYLE_LENGTH, at + 2, 2, "Length", "RFC 7822 §3",
	    "%zu", len);
	dissect_means(dissect, "bytes of the whole field");
	dissect_field(dissect, STYLE_DATA, at + 4, len - 4, "Value",
	    "RFC 7822 §3", "%zu bytes", len - 4);
	dissect_leave(dissect);
}

static void
put_digest(struct dissect *dissect, size_t at, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * DIGEST_SHOWN + 1];
	size_t shown = len < DIGEST_SHOWN ? len : DIGEST_SHOWN;

	for (size_t i = 0; i < shown; i++) {
		text[2 * i] = digits[dissect->bytes.data[at + i] >> 4];
		text[2 * i + 1] = digits[dissect->bytes.data[at + i] & 15];
	}
	text[2 * shown] = '\0';
	dissect_field(dissect, STYLE_DATA, at, len, "Digest", "RFC 5905 §7.3",
	    "%s%s", text, len > shown ? "…" : "");
	if (len == 16)
		dissect_means(dissect, "of 128 bits: MD5, or AES-CMAC");
	else if (len == 20)
		dissect_means(dissect, "of 160 bits: SHA-1");
}

static void
put_mac(struct dissect *dissect, size_t at, size_t len)
{
	if (len < 4) {
		dissect_bad(dissect, at, len, "MAC",
		    "truncated: %zu bytes, not even a key id", len);
		return;
	}
	dissect_enter(dissect, DISSECT_GROUP, at, len,
	    "Message authentication code", "RFC 5905 §7.3");
	dissect_field(dissect, STYLE_ID, at, 4, "Key ID", "RFC 5905 §7.3", "%u",
	    bytes_get32be(dissect->bytes.data + at));
	if (len == NTP_EXTENSION_NAK_LEN)
		dissect_means(
		    dissect, "alone: a crypto-NAK, authentication failed");
	else
		put_digest(dissect, at + 4, len - 4);
	dissect_leave(dissect);
}

/* The piece at AT: returns where the next one begins. */
static size_t
put_piece(struct dissect *dissect, size_t at, size_t end)
{
	const struct span rest = {dissect->bytes.data + at, end - at};
	size_t len;

	switch (ntp_extension_next(rest, &len)) {
	case NTP_EXTENSION_FIELD:
		put_field(dissect, at, len);
		break;
	case NTP_EXTENSION_MAC:
		put_mac(dissect, at, len);
		break;
	case NTP_EXTENSION_BAD:
		dissect_bad(dissect, at, len, "Extension",
		    "%zu bytes, neither a field nor a MAC", len);
		break;
	case NTP_EXTENSION_END:
		break;
	}
	return at + len;
}

void
dissect_ntp_behind(
    struct dissect *dissect, size_t at, size_t end, unsigned version)
{
	if (version < VERSION_EXTENDED && at < end) {
		put_mac(dissect, at, end - at);
		return;
	}
	while (at < end)
		at = put_piece(dissect, at, end);
}
