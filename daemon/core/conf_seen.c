/* conf_seen.c — what the file has so far, while it is checked. */
#include "core/conf_seen.h"

#include <stdlib.h>
#include <string.h>

bool
conf_seen_open(struct conf_seen *seen, struct conf_reader *reader,
    struct conf_checked *out)
{
	*seen = (struct conf_seen){
	    .reader = reader,
	    .out = out,
	    .copy = open_memstream(&out->text, &out->text_len),
	    .copy_line = 1,
	};
	return seen->copy != NULL;
}

bool
conf_seen_close(struct conf_seen *seen)
{
	bool is_copied = ferror(seen->copy) == 0;

	return fclose(seen->copy) == 0 && is_copied &&
	       !seen->reader->is_given_up;
}

/* Makes room for one more in an array that doubles. */
static bool
make_room(struct conf_seen *seen, void **items, size_t count, size_t *cap,
    size_t size)
{
	if (count < *cap)
		return true;
	size_t wanted = *cap == 0 ? 64 : *cap * 2;
	void *grown = reallocarray(*items, wanted, size);

	if (grown == NULL) {
		seen->reader->is_given_up = true;
		return false;
	}
	*items = grown;
	*cap = wanted;
	return true;
}

size_t
conf_seen_section(struct conf_seen *seen, struct conf_section section)
{
	struct conf_checked *out = seen->out;
	void *items = out->sections;

	if (!make_room(seen, &items, out->section_count, &out->section_cap,
	        sizeof(section)))
		return CONF_NONE;
	out->sections = items;
	out->sections[out->section_count] = section;
	return out->section_count++;
}

void
conf_seen_place(struct conf_seen *seen, size_t section, const char *key,
    unsigned index, unsigned line)
{
	struct conf_checked *out = seen->out;
	void *items = out->places;

	if (!make_room(seen, &items, out->place_count, &out->place_cap,
	        sizeof(*out->places)))
		return;
	out->places = items;
	out->places[out->place_count] = (struct conf_place){
	    .key = key,
	    .index = index,
	    .line = line,
	    .next = out->sections[section].first,
	};
	out->sections[section].first = out->place_count++;
}

static bool
is_same_title(const struct conf_seen *seen, size_t a, size_t b)
{
	if (a == CONF_NONE || b == CONF_NONE)
		return a == b;
	const struct conf_lex_token *x = &seen->reader->tokens[a];
	const struct conf_lex_token *y = &seen->reader->tokens[b];

	return x->len == y->len &&
	       memcmp(seen->reader->text + x->start,
	           seen->reader->text + y->start, x->len) == 0;
}

const struct conf_section *
conf_seen_twin(const struct conf_seen *seen, struct conf_section *section)
{
	for (size_t i = 1; i < seen->out->section_count; i++) {
		const struct conf_section *other = &seen->out->sections[i];

		if (other->parent != section->parent ||
		    other->opt != section->opt)
			continue;
		if ((section->opt->flags & CFGF_MULTI) == 0 ||
		    is_same_title(seen, other->title, section->title))
			return other;
		if (!other->is_lost)
			section->ordinal++;
	}
	return NULL;
}

void
conf_seen_copy(struct conf_seen *seen, size_t first, size_t end)
{
	if (seen->muted > 0)
		return;
	for (size_t i = first; i < end; i++) {
		const struct conf_lex_token *token = &seen->reader->tokens[i];

		if (token->kind == CONF_LEX_BAD)
			continue; /* told; libconfuse would tell it again */
		for (; seen->copy_line < token->line; seen->copy_line++)
			fputc('\n', seen->copy);
		fwrite(seen->reader->text + token->start, 1, token->len,
		    seen->copy);
		fputc(' ', seen->copy);
	}
}

void
conf_seen_put(struct conf_seen *seen, const char *text)
{
	if (seen->muted == 0)
		fputs(text, seen->copy);
}
