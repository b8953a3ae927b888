/* conf_suggest.c — which key was meant. */
#include "core/conf_suggest.h"

#include <string.h>

enum { WORD_MAX = 24 }; /* bytes; the longest key has 16 */

static unsigned
least(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return c < least ? c : least;
}

/* Optimal string alignment distance. Both words have at most WORD_MAX bytes. */
static unsigned
distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned rows[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_len; i++) {
		rows[i][0] = (unsigned)i;
		for (size_t j = 1; j <= b_len; j++) {
			unsigned differ = a[i - 1] != b[j - 1];

			rows[i][j] = least(rows[i - 1][j] + 1,
			    rows[i][j - 1] + 1, rows[i - 1][j - 1] + differ);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				rows[i][j] = least(rows[i][j], rows[i][j],
				    rows[i - 2][j - 2] + 1);
		}
	}
	return rows[a_len][b_len];
}

const char *
conf_suggest(const cfg_opt_t *options, const char *word, size_t len)
{
	/* One slip in three letters: "dms" is near "dns", "foo" is near nothing
	 * and "ntp" is not near "dns". */
	unsigned nearest = (unsigned)(len + 2) / 3 + 1;
	const char *name = NULL;

	if (len > WORD_MAX)
		return NULL;
	for (const cfg_opt_t *opt = options; opt->name != NULL; opt++) {
		size_t name_len = strlen(opt->name);

		if (name_len > WORD_MAX)
			continue;
		unsigned slips = distance(opt->name, name_len, word, len);

		if (slips < nearest && slips < name_len) {
			nearest = slips;
			name = opt->name;
		}
	}
	return name;
}
