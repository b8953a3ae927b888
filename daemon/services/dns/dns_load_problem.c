/* dns_load_problem.c — why a word could not be read. Loader process only. */
#include "services/dns/dns_load_problem.h"

#include <libzscanner/scanner.h>
#include <string.h>

const char dns_load_problem_escape[] =
    "has a backslash and other than three digits, 000 to 255, behind it";

/* Why WORD is not a name. */
static const char *
name_problem(const struct dns_load_word *word, int code)
{
	if (code == ZS_LABEL_OVERFLOW)
		return "has more than 63 bytes between two dots";
	if (code == ZS_DNAME_OVERFLOW)
		return "is a name of more than 255 bytes";
	if (memchr(word->p, '@', word->len) != NULL && word->len > 1)
		return "is not a name: a mailbox has a dot for its @, as in "
		       "hostmaster.example.org.";
	if (word->p[0] == '.' || memmem(word->p, word->len, "..", 2) != NULL)
		return "is not a name: nothing stands in front of a dot";
	return "is not a name; other signs than letters, digits, - and _ are "
	       "written with a backslash";
}

const char *
dns_load_problem_number(const struct dns_load_word *word, int code)
{
	size_t digits = 0;

	if (memchr(word->p, '\\', word->len) != NULL)
		return dns_load_problem_escape;
	while (digits < word->len && word->p[digits] >= '0' &&
	       word->p[digits] <= '9')
		digits++;
	switch (code) {
	case ZS_NUMBER8_OVERFLOW:
		return "is larger than 255";
	case ZS_NUMBER16_OVERFLOW:
		return "is larger than 65535";
	case ZS_NUMBER32_OVERFLOW:
	case ZS_NUMBER64_OVERFLOW:
		return "is larger than 4294967295";
	case ZS_BAD_TIME_UNIT:
		return "is not a number of seconds, nor a time such as 1h30m";
	default:
		return digits == word->len ? "is too large a number here"
		                           : "is not a number";
	}
}

const char *
dns_load_problem(const struct dns_load_word *word, int code)
{
	switch (code) {
	case ZS_BAD_DNAME_CHAR:
	case ZS_BAD_OWNER:
	case ZS_LABEL_OVERFLOW:
	case ZS_DNAME_OVERFLOW:
		return name_problem(word, code);
	case ZS_BAD_NUMBER:
	case ZS_BAD_TIME_UNIT:
	case ZS_NUMBER8_OVERFLOW:
	case ZS_NUMBER16_OVERFLOW:
	case ZS_NUMBER32_OVERFLOW:
	case ZS_NUMBER64_OVERFLOW:
		return dns_load_problem_number(word, code);
	case ZS_BAD_TEXT:
	case ZS_BAD_TEXT_CHAR:
		return "is not a text: quotes end on the line that they begin "
		       "on";
	case ZS_TEXT_OVERFLOW:
		return "has more than 255 bytes: write several texts behind "
		       "each other";
	case ZS_BAD_HEX_CHAR:
	case ZS_BAD_HEX_RDATA:
		return "is not hexadecimal, two digits a byte";
	case ZS_BAD_BASE64_CHAR:
		return "is not base 64";
	case ZS_BAD_BASE32HEX_CHAR:
		return "is not base 32";
	case ZS_BAD_RDATA_LENGTH:
		return "is not the number of bytes that follow";
	case ZS_BAD_TIMESTAMP:
	case ZS_BAD_TIMESTAMP_CHAR:
	case ZS_BAD_TIMESTAMP_LENGTH:
	case ZS_BAD_DATE:
	case ZS_BAD_TIME:
		return "is not a date such as 20301231235959";
	case ZS_BAD_BITMAP:
		return "is not a type of record";
	case ZS_BAD_ALGORITHM:
		return "is not an algorithm";
	case ZS_BAD_LOC_DATA:
		return "is not a place such as 52 22 23 N 4 53 32 E -2m";
	case ZS_BAD_APL:
		return "is not a prefix such as 1:192.0.2.0/24";
	case ZS_BAD_SVCB_PARAM:
		return "is not one such as port=8443";
	default:
		return zs_strerror(code);
	}
}
