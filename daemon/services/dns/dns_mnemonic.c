/* dns_mnemonic.c — the numbers of a message by their names. Pure. */
#include "services/dns/dns_mnemonic.h"

#include "core/ascii.h"
#include "services/dns/dns_code.h"
#include "services/dns/dns_text_type.h"
#include "services/dns/dns_wire.h"

#include <stdio.h>

/* NAME, or NUMBER behind PREFIX where there is none. */
static const char *
put(const char *name, const char *prefix, unsigned number,
    char text[DNS_MNEMONIC_MAX])
{
	if (name != NULL)
		snprintf(text, DNS_MNEMONIC_MAX, "%s", name);
	else
		snprintf(text, DNS_MNEMONIC_MAX, "%s%u", prefix, number);
	return text;
}

const char *
dns_mnemonic_type(uint16_t type, char text[DNS_MNEMONIC_MAX])
{
	const struct dns_text_type *known = dns_text_type_find(type);

	return put(known != NULL ? known->mnemonic : dns_code_meta_type(type),
	    "TYPE", type, text);
}

const char *
dns_mnemonic_class(uint16_t class, char text[DNS_MNEMONIC_MAX])
{
	return put(dns_code_class(class), "CLASS", class, text);
}

const char *
dns_mnemonic_opcode(unsigned opcode, char text[DNS_MNEMONIC_MAX])
{
	return put(dns_code_opcode(opcode), "OPCODE", opcode, text);
}

const char *
dns_mnemonic_rcode(unsigned rcode, char text[DNS_MNEMONIC_MAX])
{
	return put(dns_code_rcode(rcode), "RCODE", rcode, text);
}

const char *
dns_mnemonic_option(uint16_t code, char text[DNS_MNEMONIC_MAX])
{
	return put(dns_code_option(code), "OPTION", code, text);
}

const char *
dns_mnemonic_rcode_meaning(unsigned rcode)
{
	static const char *const meanings[] = {
	    [DNS_RCODE_NOERROR] = "no error",
	    [DNS_RCODE_FORMERR] = "the server cannot read the query",
	    [DNS_RCODE_SERVFAIL] = "the server cannot answer",
	    [DNS_RCODE_NXDOMAIN] = "there is no such name",
	    [DNS_RCODE_NOTIMP] = "the server knows no such query",
	    [DNS_RCODE_REFUSED] = "the server refuses to answer",
	    [DNS_RCODE_YXDOMAIN] = "the name would be too long",
	    [DNS_RCODE_NOTAUTH] = "the server is not authoritative",
	    [DNS_RCODE_BADVERS] = "the server knows no such EDNS",
	    [DNS_RCODE_BADCOOKIE] = "the server wants its cookie",
	};
	const char *meaning = rcode < sizeof(meanings) / sizeof(meanings[0])
	                          ? meanings[rcode]
	                          : NULL;

	return meaning == NULL ? "an error" : meaning;
}

/* "TYPE123" behind its PREFIX. */
static bool
read_number(const char *word, const char *prefix, uint16_t *number)
{
	unsigned value = 0;

	for (; *prefix != '\0'; prefix++, word++)
		if (ascii_upper((uint8_t)*word) != (uint8_t)*prefix)
			return false;
	if (*word == '\0')
		return false;
	for (; *word != '\0'; word++) {
		if (*word < '0' || *word > '9')
			return false;
		value = value * 10 + (unsigned)(*word - '0');
		if (value > UINT16_MAX)
			return false;
	}
	*number = (uint16_t)value;
	return true;
}

/* The number below 256 that NAME_OF calls WORD. */
static bool
read_word(const char *(*name_of)(unsigned), const char *word, uint16_t *number)
{
	for (unsigned i = 0; i < 256; i++) {
		const char *name = name_of(i);

		if (name != NULL && ascii_is_equal(name, word)) {
			*number = (uint16_t)i;
			return true;
		}
	}
	return false;
}

bool
dns_mnemonic_read_type(const char *word, uint16_t *type)
{
	const struct dns_text_type *known = dns_text_type_named(word);

	if (known != NULL) {
		*type = known->type;
		return true;
	}
	return read_word(dns_code_meta_type, word, type) ||
	       read_number(word, "TYPE", type);
}

bool
dns_mnemonic_read_class(const char *word, uint16_t *class)
{
	return read_word(dns_code_class, word, class) ||
	       read_number(word, "CLASS", class);
}
