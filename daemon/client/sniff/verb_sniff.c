/* verb_sniff.c — `netlab sniff`: show what goes over the wire. */
#include "client/complain.h"
#include "client/screen.h"
#include "client/sniff/sniff_file.h"
#include "client/sniff/sniff_rights.h"
#include "client/sniff/sniff_show.h"
#include "client/sniff/sniff_source.h"
#include "client/verbs.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

enum { FILTER_MAX = 8192 };

struct sniff {
	const struct options *options;
	struct sniff_source source;
	struct sniff_file file;
	struct screen screen;
	uint64_t count;
};

/* The words as one, with blanks between them. */
static int
join(char **words, char text[FILTER_MAX])
{
	size_t len = 0;

	text[0] = '\0';
	for (size_t i = 0; words[i] != NULL; i++) {
		len += (size_t)snprintf(text + len, FILTER_MAX - len,
		    i == 0 ? "%s" : " %s", words[i]);
		if (len >= FILTER_MAX)
			return complain(VERB_USAGE, "the filter is too long");
	}
	return VERB_GOOD;
}

static bool
writes_to_stdout(const struct options *options)
{
	return options->write_file != NULL &&
	       strcmp(options->write_file, "-") == 0;
}

static int
check(const struct options *options)
{
	if (options_has(options, OPTIONS_READ) &&
	    options_has(options, OPTIONS_INTERFACE))
		return complain(
		    VERB_USAGE, "either --read or --interface, not both");
	if (options_has(options, OPTIONS_READ) &&
	    options_has(options, OPTIONS_TIMEOUT))
		return complain(
		    VERB_USAGE, "--timeout is for interfaces, not for --read");
	if (writes_to_stdout(options) &&
	    (options->is_json || options->is_explained ||
	        options->hex != OPTIONS_HEX_OFF))
		return complain(VERB_USAGE,
		    "--write - takes standard output: nothing else goes there");
	return VERB_GOOD;
}

/* Opens what is asked for, and gives up all rights before a byte of a packet is
 * read. The user's files are opened as the user. */
static int
prepare(struct sniff *sniff, const char *filter)
{
	const struct options *options = sniff->options;
	struct sniff_rights rights = sniff_rights_plan();
	int status = sniff_source_open(&sniff->source, options);

	if (status == VERB_GOOD && rights.is_nobody)
		status = sniff_file_open(
		    &sniff->file, options->write_file, &sniff->source);
	if (status == VERB_GOOD)
		status = sniff_rights_drop(&rights);
	if (status == VERB_GOOD && !rights.is_nobody)
		status = sniff_file_open(
		    &sniff->file, options->write_file, &sniff->source);
	if (status == VERB_GOOD)
		status = sniff_source_begin(&sniff->source, options, filter);
	if (status == VERB_GOOD)
		status = sniff_file_begin(&sniff->file, &sniff->source);
	return status;
}

static int
take(struct sniff *sniff, const struct sniff_source_packet *packet)
{
	int status = sniff_file_keep(&sniff->file, &sniff->source, packet);

	sniff->count++;
	if (status != VERB_GOOD || writes_to_stdout(sniff->options))
		return status;
	return sniff_show(&sniff->screen, sniff->options, &sniff->source,
	    packet, sniff->count);
}

/* Until the end, or as many as were asked for. */
static int
take_all(struct sniff *sniff)
{
	uint64_t most = sniff->options->count;
	struct sniff_source_packet packet;
	int status = VERB_GOOD;

	while (status == VERB_GOOD && (most == 0 || sniff->count < most)) {
		enum sniff_source_result result =
		    sniff_source_next(&sniff->source, &packet);

		if (result == SNIFF_SOURCE_END)
			break;
		status = result == SNIFF_SOURCE_BAD ? VERB_MALFORMED
		                                    : take(sniff, &packet);
	}
	return status;
}

/* What a live capture ends with, on standard error. */
static int
sum_up(const struct sniff *sniff, int status)
{
	if (!sniff->source.is_live)
		return status;
	if (status == VERB_GOOD && sniff->count == 0 &&
	    options_has(sniff->options, OPTIONS_TIMEOUT))
		status = VERB_NO_REPLY;
	return complain(status,
	    "%" PRIu64 " packet%s, %u dropped by the kernel", sniff->count,
	    sniff->count == 1 ? "" : "s", sniff_source_dropped(&sniff->source));
}

static int
run(const struct options *options, char **arguments)
{
	struct sniff sniff = {.options = options};
	char filter[FILTER_MAX];
	int status = check(options);

	if (status == VERB_GOOD)
		status = join(arguments, filter);
	if (status != VERB_GOOD)
		return status;
	tzset();
	screen_open(&sniff.screen, options);
	status = prepare(&sniff, filter);
	if (status == VERB_GOOD)
		status = sum_up(&sniff, take_all(&sniff));
	int closed = sniff_file_close(&sniff.file);

	sniff_source_close(&sniff.source);
	return status == VERB_GOOD ? closed : status;
}

static const char help[] =
    "Shows each packet in a line: time, sender, receiver, protocol and what\n"
    "it says; --explain shows the fields of all layers: Ethernet, VLAN tags,\n"
    "ARP, IPv4, IPv6, ICMP, UDP, TCP, and DNS, HTTP, NTP and the small\n"
    "services in them, by their ports (53, 80 …, and those of the demo\n"
    "configuration); HTTP is known by its first line, too. Each segment of\n"
    "TCP is shown by itself: a message that spans several is read as far as\n"
    "the first has it.\n"
    "\n"
    "FILTER is a filter of libpcap, pcap-filter(7): \"udp port 53\", \"host\n"
    "10.0.0.1 and not tcp\". Ctrl-C ends it, --count after as many packets,\n"
    "--timeout after as many seconds (then 9 when no packet came), not after\n"
    "5 where it is not given. At the end the packets are counted on standard\n"
    "error.\n"
    "\n"
    "--write keeps the packets in a file that --read, and other programs,\n"
    "can read (pcap); both together choose packets of a file. \"-\" is\n"
    "standard input or output.\n"
    "\n"
    "To capture takes rights; --read takes none. Either run it by sudo, or\n"
    "let a group do it, here that of Debian's wireshark-common:\n"
    "  chgrp wireshark netlab; chmod 750 netlab; setcap cap_net_raw+ep netlab\n"
    "Rights are given up before the first packet is read: root becomes the\n"
    "user who called sudo, whose the file of --write is then, or nobody.\n";

static const char examples[] =
    "  sudo netlab sniff -i lo udp port 10053\n"
    "  sudo netlab sniff --explain -c 2 port 53\n"
    "  sudo netlab sniff --write dns.pcap port 53\n"
    "  netlab sniff --read dns.pcap --json\n"
    "  netlab sniff --read dns.pcap --write queries.pcap dst port 53\n";

const struct verb verb_sniff = {
    .name = "sniff",
    .usage = "[FILTER]",
    .summary = "show what goes over the wire",
    .help = help,
    .examples = examples,
    .options = OPTIONS_OF_WIRE | OPTIONS_BIT(OPTIONS_INTERFACE) |
               OPTIONS_BIT(OPTIONS_READ) | OPTIONS_BIT(OPTIONS_WRITE) |
               OPTIONS_BIT(OPTIONS_COUNT) | OPTIONS_BIT(OPTIONS_TIMEOUT),
    .least = 0,
    .most = 512,
    .run = run,
};
