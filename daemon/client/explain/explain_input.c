/* explain_input.c — the bytes that `netlab explain` is given. */
#include "client/explain/explain_input.h"

#include "client/complain.h"
#include "client/explain/explain_hex.h"
#include "client/verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	TEXT_MAX = 6 * EXPLAIN_INPUT_MAX, /* "0x00, " for a byte */
	CAPTURE_HEAD = 4,                 /* bytes that tell a capture */
};

static int
no_memory(void)
{
	return complain(VERB_USAGE, "no memory for what is to be explained");
}

/* WORDS with a blank behind each; NULL: no memory. */
static char *
join(char **words)
{
	size_t len = 1, at = 0;

	for (unsigned i = 0; words[i] != NULL; i++)
		len += strlen(words[i]) + 1;
	char *text = malloc(len);

	for (unsigned i = 0; text != NULL && words[i] != NULL; i++)
		at += (size_t)snprintf(text + at, len - at, "%s ", words[i]);
	return text;
}

/* A capture begins with one of these, in either byte order. */
static bool
is_capture(struct span bytes)
{
	static const uint8_t heads[][CAPTURE_HEAD] = {
	    {0xa1, 0xb2, 0xc3, 0xd4},
	    {0xd4, 0xc3, 0xb2, 0xa1},
	    {0xa1, 0xb2, 0x3c, 0x4d},
	    {0x4d, 0x3c, 0xb2, 0xa1},
	    {0x0a, 0x0d, 0x0d, 0x0a},
	};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (bytes.len > CAPTURE_HEAD &&
		    memcmp(bytes.data, heads[i], CAPTURE_HEAD) == 0)
			return true;
	return false;
}

/* Nothing that a message has and text has not? */
static bool
is_text(struct span bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bytes.data[i] < ' ' &&
		    (bytes.data[i] == '\0' ||
		        strchr("\t\n\r", bytes.data[i]) == NULL))
			return false;
	return true;
}

/* The bytes that TEXT has in hexadecimal; none, for REASON. */
static int
read_hex(struct span text, struct explain_input *input,
    char reason[EXPLAIN_HEX_REASON_MAX])
{
	size_t cap = text.len / 2 + 1;

	*input = (struct explain_input){.bytes = malloc(cap)};
	if (input->bytes == NULL)
		return no_memory();
	input->len =
	    explain_hex(text, (struct space){input->bytes, cap}, reason);
	if (input->len == 0)
		explain_input_free(input);
	return VERB_GOOD;
}

/* What FILE holds, to its end. */
static int
read_all(FILE *file, const char *name, struct explain_input *content)
{
	*content = (struct explain_input){.bytes = malloc(TEXT_MAX + 1)};
	if (content->bytes == NULL)
		return no_memory();
	content->len = fread(content->bytes, 1, TEXT_MAX + 1, file);
	if (ferror(file) != 0)
		return complain(VERB_USAGE, "%s: %s", name, strerror(errno));
	if (content->len == 0)
		return complain(VERB_USAGE, "%s: is empty", name);
	if (content->len > TEXT_MAX)
		return complain(VERB_USAGE, "%s: is too long", name);
	if (is_capture((struct span){content->bytes, content->len}))
		return complain(VERB_USAGE,
		    "%s: is a capture: netlab sniff --read FILE --explain",
		    name);
	return VERB_GOOD;
}

/* CONTENT as the bytes that it is or stands for: it becomes INPUT, or is left.
 */
static int
decode(const char *name, bool may_be_text, struct explain_input *content,
    struct explain_input *input)
{
	char reason[EXPLAIN_HEX_REASON_MAX];
	struct span text = {content->bytes, content->len};
	int status = read_hex(text, input, reason);

	if (status != VERB_GOOD || input->len > 0)
		return status;
	if (!may_be_text && is_text(text))
		return complain(VERB_USAGE, "%s: %s", name, reason);
	*input = *content;
	*content = (struct explain_input){.bytes = NULL};
	return VERB_GOOD;
}

static int
read_file(
    FILE *file, const char *name, bool may_be_text, struct explain_input *input)
{
	struct explain_input content;
	int status = read_all(file, name, &content);

	if (status == VERB_GOOD)
		status = decode(name, may_be_text, &content, input);
	explain_input_free(&content);
	return status;
}

/* The file WORD, which is not hexadecimal for REASON. */
static int
read_word(const char *word, bool may_be_text, const char *reason,
    struct explain_input *input)
{
	FILE *file = fopen(word, "re");

	if (file == NULL)
		return complain(VERB_USAGE, "\"%s\": %s, and no file: %s", word,
		    reason, strerror(errno));
	int status = read_file(file, word, may_be_text, input);

	fclose(file);
	return status;
}

int
explain_input_read(char **words, bool may_be_text, struct explain_input *input)
{
	char reason[EXPLAIN_HEX_REASON_MAX];

	*input = (struct explain_input){.bytes = NULL};
	if (strcmp(words[0], "-") == 0 && words[1] == NULL)
		return read_file(stdin, "standard input", may_be_text, input);
	char *text = join(words);

	if (text == NULL)
		return no_memory();
	int status = read_hex(span_of(text), input, reason);

	free(text);
	if (status == VERB_GOOD && input->len == 0)
		status = words[1] == NULL
		             ? read_word(words[0], may_be_text, reason, input)
		             : complain(VERB_USAGE, "%s", reason);
	if (status == VERB_GOOD && input->len > EXPLAIN_INPUT_MAX)
		status = complain(
		    VERB_USAGE, "more than %d bytes", EXPLAIN_INPUT_MAX);
	return status;
}

void
explain_input_free(struct explain_input *input)
{
	free(input->bytes);
	*input = (struct explain_input){.bytes = NULL};
}
