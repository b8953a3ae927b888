/* verb_explain.c — `netlab explain`: take bytes apart, field by field. */
#include "client/complain.h"
#include "client/explain/explain_input.h"
#include "client/explain/explain_kind.h"
#include "client/member.h"
#include "client/show/show.h"
#include "client/verbs.h"

/* What is explained, and how. */
struct message {
	const struct options *options;
	const char *title; /* of an example; NULL: what it is */
	const struct explain_kind *kind;
	bool is_stream;
};

/* Where it is not as it should be, for the eyes of who reads no more. */
static int
complain_of(const struct dissect *dissection)
{
	const struct dissect_field *field = dissection->fields;

	while (field->style != STYLE_BAD)
		field++;
	struct span why = dissect_value(dissection, field);

	return complain(VERB_MALFORMED, "malformed: byte %u, %s: %.*s",
	    field->at, field->name, (int)why.len, (const char *)why.data);
}

static int
print_json(const struct message *message, const struct dissect *dissection)
{
	json_t *object = json_object();

	member_text(object, "protocol", message->kind->name);
	if (dissect_summary(dissection).len > 0)
		member_bytes(object, "summary", dissect_summary(dissection));
	member_number(object, "length", (int64_t)dissection->bytes.len);
	member_hex(object, "bytes", dissection->bytes);
	json_object_set_new(object, "fields", show_json(dissection));
	member_flag(object, "malformed", dissection->is_malformed);
	return member_print(object);
}

/* "The lectures' query, 28 bytes", and below it "DNS query 0x1a2b …". */
static void
print_title(const struct message *message, const struct screen *screen,
    const struct dissect *dissection)
{
	struct span summary = dissect_summary(dissection);

	screen_print(screen, STYLE_TITLE, "%s, %zu byte%s",
	    message->title != NULL ? message->title : message->kind->title,
	    dissection->bytes.len, dissection->bytes.len == 1 ? "" : "s");
	fputc('\n', screen->out);
	if (summary.len == 0)
		return;
	screen_print(screen, STYLE_PLAIN, "%s ", dissection->protocol);
	screen_bytes(screen, STYLE_PLAIN, summary);
	fputc('\n', screen->out);
}

/* Bytes and fields, unless one of them alone is asked for. */
static void
print(const struct message *message, const struct dissect *dissection)
{
	const struct options *options = message->options;
	bool asks = options_has(options, OPTIONS_HEX) || options->is_explained;
	enum options_hex hex = asks ? options->hex : OPTIONS_HEX_FIELDS;
	struct screen screen;

	screen_open(&screen, options);
	if (options->is_short) {
		screen_bytes(&screen, STYLE_PLAIN, dissect_summary(dissection));
		fputc('\n', screen.out);
		return;
	}
	print_title(message, &screen, dissection);
	show_message(&screen, dissection, hex, !asks || options->is_explained);
}

static int
explain(const struct message *message, struct span bytes)
{
	struct dissect dissection;

	if (!show_dissect(&dissection, bytes,
	        message->is_stream ? message->kind->dissect_stream
	                           : message->kind->dissect))
		return complain(VERB_MALFORMED, "no memory to explain it");
	int status = VERB_GOOD;

	if (message->options->is_json)
		status = print_json(message, &dissection);
	else
		print(message, &dissection);
	if (status == VERB_GOOD && dissection.is_malformed)
		status = complain_of(&dissection);
	show_dissect_free(&dissection);
	return status;
}

/* The examples of MESSAGE's kind: the one that is called NAME, or all. */
static int
explain_examples(const struct message *message, const char *name, bool *is_one)
{
	const struct explain_kind_example *example = message->kind->examples;
	int status = VERB_GOOD;

	*is_one = false;
	for (; status == VERB_GOOD && example->name != NULL; example++) {
		struct message one = *message;

		if (name != NULL && strcmp(name, example->name) != 0)
			continue;
		if (*is_one && !message->options->is_json)
			fputc('\n', stdout);
		*is_one = true;
		one.title = example->title;
		one.is_stream = false;
		status = explain(&one, example->bytes);
	}
	return status;
}

static int
explain_words(struct message *message, char **words)
{
	struct explain_input input;
	bool may_be_text =
	    message->kind == NULL || strcmp(message->kind->name, "http") == 0;
	int status = explain_input_read(words, may_be_text, &input);
	struct span bytes = {input.bytes, input.len};

	if (status == VERB_GOOD && message->kind == NULL)
		message->kind = explain_kind_guess(bytes, &message->is_stream);
	if (status == VERB_GOOD && message->kind == NULL)
		status = complain(VERB_USAGE,
		    "cannot tell what it is: say dns, ntp, http, eth or ip");
	if (status == VERB_GOOD)
		status = explain(message, bytes);
	explain_input_free(&input);
	return status;
}

static int
run(const struct options *options, char **arguments)
{
	struct message message = {.options = options};
	bool is_example = false;

	if (arguments[0] != NULL)
		message.kind = explain_kind_find(arguments[0]);
	arguments += message.kind != NULL;
	message.is_stream = options->transport == OPTIONS_BY_TCP;
	if (message.is_stream &&
	    (message.kind == NULL || message.kind->dissect_stream == NULL))
		return complain(VERB_USAGE, "--tcp is for explain dns");
	if (message.kind == NULL && arguments[0] == NULL)
		message.kind = explain_kind_find("dns");
	if (message.kind != NULL &&
	    (arguments[0] == NULL || arguments[1] == NULL)) {
		int status =
		    explain_examples(&message, arguments[0], &is_example);

		if (is_example)
			return status;
	}
	return explain_words(&message, arguments);
}

static const char help[] =
    "HEX is bytes in hexadecimal, in one word or several: pairs of digits,\n"
    "with or without blanks, commas, colons, 0x or \\x between them; a C\n"
    "array; or rows with offsets, as xxd, hexdump -C, od, tcpdump -x and\n"
    "netlab itself print them. FILE, or standard input (-), has that, or the\n"
    "bytes themselves.\n"
    "\n"
    "Without dns, ntp, http, eth (an Ethernet frame) or ip (a packet without\n"
    "one, as tcpdump -x prints it), the bytes themselves tell which of these\n"
    "they are. With --tcp, each DNS message stands behind its length.\n"
    "\n"
    "Without bytes, examples are explained: of dns query and response, of\n"
    "ntp request and reply, of http request and response, of eth frame, of\n"
    "ip packet; the name picks one.\n"
    "\n"
    "Both the bytes and the table of fields are shown, unless --hex or\n"
    "--explain asks for one of them. What is malformed is shown as far as it\n"
    "can be read; then the exit status is 10.\n";

const struct verb verb_explain = {
    .name = "explain",
    .usage = "[dns|ntp|http|eth|ip] [HEX|FILE|-]",
    .summary = "take bytes apart, field by field",
    .help = help,
    .examples =
        "  netlab explain dns                         the lectures' two "
        "messages\n"
        "  netlab explain dns query --hex=fields      one, its bytes alone\n"
        "  netlab explain dns 1a2b 0400 0001 0000 0000 0000 00 0001 0001\n"
        "  netlab explain http - <response.txt\n"
        "  netlab explain --json eth frame\n",
    .options =
        OPTIONS_OF_WIRE | OPTIONS_BIT(OPTIONS_SHORT) | OPTIONS_BIT(OPTIONS_TCP),
    .least = 0,
    .most = 4096,
    .run = run,
};
