/* ntp_key_text.c — one line of a keys file. */
#include "services/ntp/ntp_key_text.h"

#include <stdbool.h>
#include <string.h>

enum {
	/* Of a key without HEX: or ASCII: before it, ntpd takes one of more
	 * characters for hexadecimal digits; chrony never does. */
	BARE_TEXT_MAX = 20,
};

static const char not_a_key[] = "a line is ID TYPE KEY";
static const char not_an_id[] = "an ID is a number from 1 to 4294967295";
static const char not_a_type[] =
    "the types of keys are AES128, AES256, MD5 and SHA1";
static const char not_hex[] = "behind HEX: come pairs of hexadecimal digits";
static const char not_text[] = "a key in ASCII has no control characters";
static const char wrong_length[] = "a key has 1 to 64 bytes";
static const char wrong_length_128[] = "an AES128 key has 16 bytes";
static const char wrong_length_256[] = "an AES256 key has 32 bytes";
static const char two_readings[] =
    "chrony reads this key as ASCII and ntpd as hexadecimal: write ASCII: or "
    "HEX: before it";

_Static_assert(MAC_KEY_MAX == 64, "as told");

/* chrony's names and those of ntpd and NTPsec. */
static const struct {
	const char *name;
	enum mac_type type;
} types[] = {
    {"AES128", MAC_AES128},
    {"AES-128", MAC_AES128},
    {"AES128CMAC", MAC_AES128},
    {"AES", MAC_AES128},
    {"AES256", MAC_AES256},
    {"AES-256", MAC_AES256},
    {"AES256CMAC", MAC_AES256},
    {"MD5", MAC_MD5},
    {"M", MAC_MD5},
    {"SHA1", MAC_SHA1},
    {"SHA-1", MAC_SHA1},
};

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Cuts the next word off LINE; empty: there is none, or a comment is next. */
static struct span
next_word(struct span *line)
{
	struct span word;

	while (line->len > 0 && is_space(line->data[0])) {
		line->data++;
		line->len--;
	}
	word = (struct span){line->data, 0};
	if (line->len > 0 && line->data[0] == '#')
		line->len = 0;
	while (line->len > 0 && !is_space(line->data[0])) {
		line->data++;
		line->len--;
		word.len++;
	}
	return word;
}

/* Does WORD begin with TEXT, in letters of any case? */
static bool
begins_with(struct span word, const char *text)
{
	size_t len = strlen(text);

	if (word.len < len)
		return false;
	for (size_t i = 0; i < len; i++) {
		uint8_t c = word.data[i];

		if (c >= 'a' && c <= 'z')
			c = (uint8_t)(c - 'a' + 'A');
		if (c != (uint8_t)text[i])
			return false;
	}
	return true;
}

static bool
read_id(struct span word, uint32_t *id)
{
	uint64_t value = 0;

	for (size_t i = 0; i < word.len; i++) {
		if (word.data[i] < '0' || word.data[i] > '9')
			return false;
		value = value * 10 + (uint64_t)(word.data[i] - '0');
		if (value > UINT32_MAX)
			return false;
	}
	*id = (uint32_t)value;
	return value != 0;
}

static bool
read_type(struct span word, uint8_t *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strlen(types[i].name) == word.len &&
		    begins_with(word, types[i].name)) {
			*type = (uint8_t)types[i].type;
			return true;
		}
	return false;
}

/* 16 and above: no digit. */
static unsigned
digit_value(uint8_t digit)
{
	if (digit >= '0' && digit <= '9')
		return (unsigned)(digit - '0');
	if ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f')
		return (unsigned)((digit | 0x20) - 'a' + 10);
	return 16;
}

static bool
is_hex(struct span word)
{
	for (size_t i = 0; i < word.len; i++)
		if (digit_value(word.data[i]) > 15)
			return false;
	return word.len % 2 == 0;
}

static const char *
read_hex(struct span word, struct ntp_key *key)
{
	if (!is_hex(word))
		return not_hex;
	if (word.len > (size_t)2 * MAC_KEY_MAX)
		return wrong_length;
	key->len = (uint8_t)(word.len / 2);
	for (size_t i = 0; i < key->len; i++)
		key->bytes[i] = (uint8_t)(digit_value(word.data[2 * i]) << 4 |
		                          digit_value(word.data[2 * i + 1]));
	return NULL;
}

static const char *
read_text(struct span word, struct ntp_key *key)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.data[i] < ' ' || word.data[i] == 0x7f)
			return not_text;
	if (word.len > MAC_KEY_MAX)
		return wrong_length;
	key->len = (uint8_t)word.len;
	memcpy(key->bytes, word.data, word.len);
	return NULL;
}

/* A key that does not say how it is written. Where its length leaves no
 * choice, that tells. */
static const char *
read_bare(struct span word, size_t key_size, struct ntp_key *key)
{
	if (key_size != 0)
		return word.len == 2 * key_size && is_hex(word)
		           ? read_hex(word, key)
		           : read_text(word, key);
	if (word.len > BARE_TEXT_MAX && is_hex(word))
		return two_readings;
	return read_text(word, key);
}

static const char *
read_key(struct span word, struct ntp_key *key)
{
	size_t size = mac_key_size((enum mac_type)key->type);
	const char *fault;

	if (begins_with(word, "HEX:"))
		fault =
		    read_hex((struct span){word.data + 4, word.len - 4}, key);
	else if (begins_with(word, "ASCII:"))
		fault =
		    read_text((struct span){word.data + 6, word.len - 6}, key);
	else
		fault = read_bare(word, size, key);
	if (size == 0)
		return fault == NULL && key->len == 0 ? wrong_length : fault;
	/* How long a key may be at all is not what its writer wants to know. */
	if ((fault == NULL && key->len != size) || fault == wrong_length)
		return size == 16 ? wrong_length_128 : wrong_length_256;
	return fault;
}

const char *
ntp_key_text_read(struct span line, struct ntp_key *key)
{
	*key = (struct ntp_key){0};

	struct span id = next_word(&line);

	/* chrony's comments, all but # at the start of a line only. */
	if (id.len == 0 || memchr("!;%", id.data[0], 3) != NULL)
		return NULL;

	struct span type = next_word(&line);
	struct span text = next_word(&line);

	if (!read_id(id, &key->id))
		return not_an_id;
	/* ntpd's fourth word, whom a key is for, is not known here: to drop it
	 * would let others in. */
	if (text.len == 0 || next_word(&line).len != 0)
		return not_a_key;
	if (!read_type(type, &key->type))
		return not_a_type;
	return read_key(text, key);
}
