/* dns_load_generate.c — $GENERATE. Loader process only. */
#include "services/dns/dns_load_generate.h"

#include <stdio.h>
#include <string.h>

struct text {
	const char *p, *end;
};

static bool
is_next(struct text *text, char c)
{
	if (text->p == text->end || *text->p != c)
		return false;
	text->p++;
	return true;
}

static void
skip_blanks(struct text *text)
{
	while (is_next(text, ' ') || is_next(text, '\t'))
		continue;
}

/* Decimal digits up to 4294967295. */
static bool
read_number(struct text *text, uint64_t *number)
{
	const char *start = text->p;

	*number = 0;
	while (text->p < text->end && *text->p >= '0' && *text->p <= '9') {
		*number = *number * 10 + (uint64_t)(*text->p++ - '0');
		if (*number > UINT32_MAX)
			return false;
	}
	return text->p > start;
}

const char *
dns_load_generate_open(
    struct dns_load_generate *generate, const char *line, size_t len)
{
	struct text text = {.p = line, .end = line + len};

	skip_blanks(&text);
	if (!read_number(&text, &generate->next) || !is_next(&text, '-') ||
	    !read_number(&text, &generate->stop))
		return "$GENERATE needs a range: START-STOP or START-STOP/STEP";
	generate->step = 1;
	if (is_next(&text, '/') &&
	    (!read_number(&text, &generate->step) || generate->step == 0))
		return "the step of $GENERATE must be 1 or more";
	if (generate->stop < generate->next)
		return "the range of $GENERATE ends before it starts";
	if ((generate->stop - generate->next) / generate->step >=
	    DNS_LOAD_GENERATE_MAX)
		return "the range of $GENERATE has over 1048576 steps";
	skip_blanks(&text);
	if (text.p == text.end)
		return "$GENERATE needs a record behind its range";
	generate->template = text.p;
	generate->template_len = (size_t)(text.end - text.p);
	return NULL;
}

struct modifier {
	int64_t offset;
	uint64_t width;
	char base;
};

/* "{OFFSET[,WIDTH[,BASE]]}", the brace already read. */
static bool
read_modifier(struct text *text, struct modifier *modifier)
{
	uint64_t offset;
	bool is_negative = is_next(text, '-');

	if (!read_number(text, &offset))
		return false;
	modifier->offset = is_negative ? -(int64_t)offset : (int64_t)offset;
	if (is_next(text, ',')) {
		/* A label has 63 characters. */
		if (!read_number(text, &modifier->width) ||
		    modifier->width > 63)
			return false;
		if (is_next(text, ',')) {
			if (text->p == text->end ||
			    memchr("doxX", *text->p, 4) == NULL)
				return false;
			modifier->base = *text->p++;
		}
	}
	return is_next(text, '}');
}

/* Bytes that the number takes at OUT, of which 80 are free; 0: not a number. */
static size_t
put_number(char *out, uint64_t number, struct text *text)
{
	struct modifier modifier = {.base = 'd'};

	if (is_next(text, '{') && !read_modifier(text, &modifier))
		return 0;
	int64_t value = (int64_t)number + modifier.offset;
	unsigned long long shown = (unsigned long long)value;
	int width = (int)modifier.width, len;

	if (value < 0)
		return 0;
	if (modifier.base == 'o')
		len = snprintf(out, 80, "%0*llo", width, shown);
	else if (modifier.base == 'x')
		len = snprintf(out, 80, "%0*llx", width, shown);
	else if (modifier.base == 'X')
		len = snprintf(out, 80, "%0*llX", width, shown);
	else
		len = snprintf(out, 80, "%0*llu", width, shown);
	return (size_t)len;
}

/* One line for NUMBER; its length, or 0 with *ERROR. */
static size_t
expand(const struct dns_load_generate *generate, char *out, const char **error)
{
	struct text text = {
	    .p = generate->template,
	    .end = generate->template + generate->template_len,
	};
	size_t len = 0;

	while (text.p < text.end) {
		/* The longest thing below, and the newline. */
		if (len > DNS_LOAD_GENERATE_LINE - 81) {
			*error = "a line of $GENERATE gets longer than 4000";
			return 0;
		}
		if (*text.p == '\\' && text.end - text.p > 1) {
			out[len++] = *text.p++;
			out[len++] = *text.p++;
		} else if (is_next(&text, '$')) {
			if (is_next(&text, '$')) { /* a dollar sign */
				out[len++] = '\\';
				out[len++] = '$';
				continue;
			}
			size_t put =
			    put_number(out + len, generate->next, &text);

			if (put == 0) {
				*error = "$GENERATE takes ${OFFSET,WIDTH,BASE} "
				         "with base d, o, x or X, and no "
				         "number below 0";
				return 0;
			}
			len += put;
		} else {
			out[len++] = *text.p++;
		}
	}
	out[len++] = '\n';
	return len;
}

size_t
dns_load_generate_next(
    struct dns_load_generate *generate, struct space out, const char **error)
{
	size_t used = 0;

	*error = NULL;
	while (generate->next <= generate->stop &&
	       out.cap - used >= DNS_LOAD_GENERATE_LINE) {
		size_t len = expand(generate, (char *)out.data + used, error);

		if (len == 0)
			return 0;
		used += len;
		generate->next += generate->step;
	}
	return used;
}
