/* dissect_dns_name.c — a name in a message. Pure. */
#include "client/dissect/dissect_dns_name.h"

#include "services/dns/dns_text.h"
#include "services/dns/dns_unpack.h"

#include <stdio.h>

enum { LABELS_TEXT_MAX = 1536 }; /* "63 …, " for each, of 255 bytes */

static const char pointers[] = "RFC 1035 §4.1.4";

static const char *
reason(enum dns_unpack_result result)
{
	switch (result) {
	case DNS_UNPACK_DONE:
		break;
	case DNS_UNPACK_CUT:
		return "truncated: the name goes on behind the end";
	case DNS_UNPACK_LABEL:
		return "a label of a kind that there is not (0x40, 0x80)";
	case DNS_UNPACK_FORWARD:
		return "does not lead back: it may be a loop";
	case DNS_UNPACK_HOPS:
		return "leads to too many other pointers";
	case DNS_UNPACK_LONG:
		return "the name is above 255 bytes";
	}
	return "";
}

/* The LEN bytes of labels at LABELS as "6 google, 3 com, 0". */
static void
describe(struct dissect *dissect, const uint8_t *labels, size_t len)
{
	char out[LABELS_TEXT_MAX];
	char label_text[DNS_NAME_TEXT_MAX];
	struct dns_text text =
	    dns_text_open((struct space){(uint8_t *)out, sizeof(out)});

	for (size_t at = 0; at < len; at += 1 + (size_t)labels[at]) {
		uint8_t name[DNS_LABEL_MAX + 2] = {0};

		memcpy(name, labels + at, 1 + (size_t)labels[at]);
		dns_text_chars(&text, at > 0 ? ", " : "");
		dns_text_number(&text, labels[at]);
		if (labels[at] == 0)
			break;
		dns_name_format(name, label_text);
		label_text[strlen(label_text) - 1] = '\0';
		dns_text_char(&text, ' ');
		dns_text_chars(&text, label_text);
	}
	dissect_means(dissect, "%.*s", (int)text.len, out);
}

/* The bytes of labels that stand at the name's own place. */
static void
put_labels(struct dissect_dns_walk *walk, const struct dns_unpack *unpacked,
    const char *name, const char *rfc, const char *text)
{
	size_t len = walk->begin + unpacked->labels_end - walk->at;

	if (len == 0)
		return;
	dissect_field(
	    walk->dissect, STYLE_NAME, walk->at, len, name, rfc, "%s", text);
	if (len > 1)
		describe(
		    walk->dissect, walk->dissect->bytes.data + walk->at, len);
	else
		dissect_means(walk->dissect, "the root");
}

static void
put_pointer(struct dissect_dns_walk *walk, const struct dns_unpack *unpacked,
    const char *name)
{
	char text[DNS_NAME_TEXT_MAX];
	size_t at = walk->begin + unpacked->labels_end;
	size_t skipped = unpacked->labels_end + walk->begin - walk->at;

	/* Alone, it is the name; else the pointer behind its labels. */
	dissect_field(walk->dissect, STYLE_POINTER, at, 2,
	    skipped == 0 ? name : "Pointer", pointers, "→%zu %s",
	    unpacked->target, dns_name_format(unpacked->name + skipped, text));
	dissect_means(walk->dissect, "the name at byte %zu", unpacked->target);
}

/* It is none: as far as it stands here, for REASON. */
static bool
put_bad(struct dissect_dns_walk *walk, size_t end, const char *name,
    const struct dns_unpack *unpacked, enum dns_unpack_result result)
{
	bool is_passed = unpacked->end > 0;
	size_t next = is_passed ? walk->begin + unpacked->end : end;

	if (is_passed)
		dissect_bad(walk->dissect, walk->at, next - walk->at, name,
		    "→%zu %s", unpacked->target, reason(result));
	else
		dissect_bad(walk->dissect, walk->at, next - walk->at, name,
		    "%s", reason(result));
	walk->at = next;
	return is_passed;
}

bool
dissect_dns_name(struct dissect_dns_walk *walk, size_t end, const char *name,
    const char *rfc, char text[DNS_NAME_TEXT_MAX])
{
	struct span message = {
	    walk->dissect->bytes.data + walk->begin, walk->end - walk->begin};
	char own[DNS_NAME_TEXT_MAX];
	struct dns_unpack unpacked;
	enum dns_unpack_result result = dns_unpack(
	    message, walk->at - walk->begin, end - walk->begin, &unpacked);

	text = text == NULL ? own : text;
	memcpy(text, "?", 2);
	if (result != DNS_UNPACK_DONE)
		return put_bad(walk, end, name, &unpacked, result);
	dns_name_format(unpacked.name, text);
	put_labels(walk, &unpacked, name, rfc, text);
	if (unpacked.is_pointed)
		put_pointer(walk, &unpacked, name);
	walk->at = walk->begin + unpacked.end;
	return true;
}
