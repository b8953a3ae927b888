/* dns_task.c — what `netlab dns` is to ask. */
#include "client/dns/dns_task.h"

#include "client/complain.h"
#include "client/dns/dns_flag.h"
#include "client/verb.h"
#include "core/ascii.h"
#include "services/dns/dns_arpa.h"
#include "services/dns/dns_mnemonic.h"
#include "services/dns/dns_name.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

/* The words that have been found so far. */
struct words {
	struct dns_task *task;
	const char *name;
	bool has_type, has_class;
};

int
dns_task_read_name(struct dns_task *task, const char *text)
{
	for (const char *byte = text; *byte != '\0'; byte++)
		if ((uint8_t)*byte >= 0x80)
			return complain(VERB_USAGE,
			    "\"%s\": not ASCII: write its labels as xn--… "
			    "(RFC 5890), or a byte as \\DDD",
			    text);
	if (dns_name_parse(text, task->name) == 0)
		return complain(VERB_USAGE, "\"%s\" is no domain name", text);
	return VERB_GOOD;
}

static int
read_address(struct dns_task *task, const char *text)
{
	uint8_t address[DNS_ARPA_ADDRESS];
	bool is_ipv6 = inet_pton(AF_INET6, text, address) == 1;

	if (!is_ipv6 && inet_pton(AF_INET, text, address) != 1)
		return complain(
		    VERB_USAGE, "\"%s\" is no IPv4 or IPv6 address", text);
	(void)dns_arpa_write(is_ipv6, address, NULL, task->name);
	return VERB_GOOD;
}

/* "IXFR=2026112101". */
static bool
is_ixfr(struct words *words, const char *word)
{
	static const char prefix[] = "ixfr=";
	char *end;

	for (size_t i = 0; prefix[i] != '\0'; i++)
		if (ascii_lower((uint8_t)word[i]) != (uint8_t)prefix[i])
			return false;
	word += sizeof(prefix) - 1;
	unsigned long long serial = strtoull(word, &end, 10);

	if (*word < '0' || *word > '9' || *end != '\0' || serial > UINT32_MAX)
		return false;
	words->task->type = DNS_TYPE_IXFR;
	words->task->serial = (uint32_t)serial;
	return true;
}

static bool
is_type(struct words *words, const char *word)
{
	return !words->has_type &&
	       (is_ixfr(words, word) ||
	           dns_mnemonic_read_type(word, &words->task->type));
}

static int
read_word(struct words *words, const char *word)
{
	struct dns_task *task = words->task;

	if (word[0] == '@' && task->server == NULL && word[1] != '\0') {
		task->server = word + 1;
		return VERB_GOOD;
	}
	if (word[0] == '@')
		return complain(VERB_USAGE, "%s: one @SERVER is asked", word);
	if (word[0] == '+')
		return dns_flag_read(task, word);
	if (is_type(words, word)) {
		words->has_type = true;
		return VERB_GOOD;
	}
	if (!words->has_class && dns_mnemonic_read_class(word, &task->class)) {
		words->has_class = true;
		return VERB_GOOD;
	}
	if (words->name != NULL)
		return complain(VERB_USAGE,
		    "\"%s\" and \"%s\": one NAME is asked for", words->name,
		    word);
	words->name = word;
	return VERB_GOOD;
}

static int
check_options(const struct options *options)
{
	const uint64_t edns = OPTIONS_BIT(OPTIONS_DNSSEC) |
	                      OPTIONS_BIT(OPTIONS_NSID) |
	                      OPTIONS_BIT(OPTIONS_BUFSIZE);
	const uint64_t whole = OPTIONS_BIT(OPTIONS_SHORT) |
	                       OPTIONS_BIT(OPTIONS_JSON) |
	                       OPTIONS_BIT(OPTIONS_REVERSE);

	if (options_has(options, OPTIONS_NO_EDNS) &&
	    (options->given & edns) != 0)
		return complain(VERB_USAGE,
		    "--dnssec, --nsid and --bufsize are said by EDNS: not with "
		    "--no-edns");
	if (options_has(options, OPTIONS_LECTURE) &&
	    (options->given & whole) != 0)
		return complain(VERB_USAGE,
		    "--lecture has a form of its own: not with --short, --json "
		    "or --reverse");
	return VERB_GOOD;
}

/* What is asked for, now that all words are read. */
static int
finish(struct words *words)
{
	struct dns_task *task = words->task;
	const struct options *options = &task->options;
	int result = check_options(options);

	if (result != VERB_GOOD)
		return result;
	if (options->class_name != NULL &&
	    !dns_mnemonic_read_class(options->class_name, &task->class))
		return complain(VERB_USAGE, "--class: \"%s\" is no class",
		    options->class_name);
	if (task->type == DNS_TYPE_OPT)
		return complain(VERB_USAGE, "OPT cannot be asked for");
	if (options_has(options, OPTIONS_LECTURE))
		return words->name == NULL && !words->has_type
		           ? VERB_GOOD
		           : complain(VERB_USAGE,
		                 "--lecture reads the names from its input");
	if (words->name == NULL)
		return complain(VERB_USAGE,
		    "which NAME? One that is a type as well is written with a "
		    "dot: \"mx.\"");
	if (!options_has(options, OPTIONS_REVERSE))
		return dns_task_read_name(task, words->name);
	if (!words->has_type)
		task->type = DNS_TYPE_PTR;
	return read_address(task, words->name);
}

int
dns_task_read(
    struct dns_task *task, const struct options *options, char **arguments)
{
	struct words words = {.task = task};

	*task = (struct dns_task){
	    .options = *options,
	    .type = DNS_TYPE_A,
	    .class = DNS_CLASS_IN,
	};
	for (; *arguments != NULL; arguments++) {
		int result = read_word(&words, *arguments);

		if (result != VERB_GOOD)
			return result;
	}
	return finish(&words);
}
