/* sniff_source.c — where packets come from: an interface or a file. */
#include "client/sniff/sniff_source.h"

#include "client/complain.h"
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_link.h"
#include "client/reach.h"
#include "client/verb.h"
#include "core/bytes.h"

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum {
	SNAPLEN = 262144, /* what libpcap takes at most */
	/* Packets come in blocks of SNAPLEN bytes, full or so old: one by one,
	 * libpcap would have room for eight of them at a time. */
	BLOCK_MS = 50,
	BUFFER_SIZE = 32 * SNAPLEN,
	INTERFACES_MAX = 512, /* characters of a list of names */
};

static const char any[] = "any";

static const struct {
	int type;
	dissector *dissect;
} links[] = {
    {DLT_EN10MB, dissect_ethernet},
    {DLT_LINUX_SLL2, dissect_link_cooked2},
    {DLT_LINUX_SLL, dissect_link_cooked},
    {DLT_NULL, dissect_link_loopback},
    {DLT_LOOP, dissect_link_loopback},
    {DLT_RAW, dissect_link_raw},
    {DLT_IPV4, dissect_link_raw},
    {DLT_IPV6, dissect_link_raw},
};

/* Set by signals, which come between any two lines. */
static volatile sig_atomic_t is_stopped;

static void
stop(int signal)
{
	(void)signal;
	is_stopped = 1;
}

/* Signals that end the packets are let in while it is waited for them, and
 * interrupt what blocks. */
static void
catch_signals(void)
{
	struct sigaction action = {.sa_handler = stop};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* The names that there are: "lo, eth0, any". */
static int
complain_no_interface(const char *name)
{
	struct if_nameindex *list = if_nameindex();
	char text[INTERFACES_MAX] = "";
	size_t made = 0;

	for (size_t i = 0; list != NULL && list[i].if_index != 0; i++)
		if (made + IF_NAMESIZE + sizeof(any) + 2 < sizeof(text))
			made += (size_t)snprintf(text + made,
			    sizeof(text) - made, "%s, ", list[i].if_name);
	if_freenameindex(list);
	return complain(
	    VERB_USAGE, "no interface \"%s\": there are %s%s", name, text, any);
}

static int
complain_inactive(const struct sniff_source *source, int error)
{
	const char *detail = pcap_geterr(source->pcap);

	if (error == PCAP_ERROR_PERM_DENIED ||
	    error == PCAP_ERROR_PROMISC_PERM_DENIED)
		return complain(VERB_USAGE,
		    "no right to capture on %s: try sudo netlab sniff, or see "
		    "netlab help sniff for a group that may",
		    source->name);
	if (error == PCAP_ERROR_IFACE_NOT_UP)
		return complain(
		    VERB_USAGE, "interface %s is down", source->name);
	return complain(VERB_USAGE, "capture on %s: %s", source->name,
	    error == PCAP_ERROR && *detail != '\0' ? detail
	                                           : pcap_statustostr(error));
}

static int
open_interface(struct sniff_source *source)
{
	char error[PCAP_ERRBUF_SIZE];
	bool is_any = strcmp(source->name, any) == 0;

	if (!is_any && if_nametoindex(source->name) == 0)
		return complain_no_interface(source->name);
	source->is_live = true;
	source->pcap = pcap_create(source->name, error);
	if (source->pcap == NULL)
		return complain(
		    VERB_USAGE, "capture on %s: %s", source->name, error);
	pcap_set_snaplen(source->pcap, SNAPLEN);
	pcap_set_timeout(source->pcap, BLOCK_MS);
	pcap_set_buffer_size(source->pcap, BUFFER_SIZE);
	/* What goes to other hosts is heard on one interface alone. */
	pcap_set_promisc(source->pcap, !is_any);
	int result = pcap_activate(source->pcap);

	/* Above 0 are warnings. */
	return result < 0 ? complain_inactive(source, result) : VERB_GOOD;
}

static int
open_file(struct sniff_source *source)
{
	source->file =
	    strcmp(source->name, "-") == 0 ? stdin : fopen(source->name, "rbe");
	if (source->file == NULL)
		return complain(
		    VERB_USAGE, "%s: %s", source->name, strerror(errno));
	return VERB_GOOD;
}

int
sniff_source_open(struct sniff_source *source, const struct options *options)
{
	*source = (struct sniff_source){.deadline_ms = INT64_MAX};
	if (options_has(options, OPTIONS_READ)) {
		source->name = options->read_file;
		return open_file(source);
	}
	source->name =
	    options_has(options, OPTIONS_INTERFACE) ? options->interface : any;
	return open_interface(source);
}

/* The file's head is untrusted: it is read without rights. */
static int
begin_file(struct sniff_source *source)
{
	char error[PCAP_ERRBUF_SIZE];

	source->pcap = pcap_fopen_offline(source->file, error);
	if (source->pcap == NULL)
		return complain(VERB_USAGE, "%s: %s", source->name, error);
	source->file = NULL;
	return VERB_GOOD;
}

static int
find_dissector(struct sniff_source *source)
{
	/* It says which interface; kernels and libraries before 2022 have the
	 * older one alone. */
	if (source->is_live && strcmp(source->name, any) == 0)
		(void)pcap_set_datalink(source->pcap, DLT_LINUX_SLL2);
	int type = pcap_datalink(source->pcap);

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].type == type)
			source->dissect = links[i].dissect;
	if (source->dissect != NULL)
		return VERB_GOOD;
	const char *name = pcap_datalink_val_to_name(type);

	return complain(VERB_USAGE,
	    "%s: packets of link type %d (%s), which is not known here",
	    source->name, type, name == NULL ? "without a name" : name);
}

static int
set_filter(struct sniff_source *source, const char *filter)
{
	struct bpf_program program;

	if (*filter == '\0')
		return VERB_GOOD;
	if (pcap_compile(
	        source->pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN) != 0)
		return complain(VERB_USAGE, "filter \"%s\": %s", filter,
		    pcap_geterr(source->pcap));
	int result = pcap_setfilter(source->pcap, &program);

	pcap_freecode(&program);
	if (result != 0)
		return complain(VERB_USAGE, "filter \"%s\": %s", filter,
		    pcap_geterr(source->pcap));
	return VERB_GOOD;
}

int
sniff_source_begin(struct sniff_source *source, const struct options *options,
    const char *filter)
{
	char error[PCAP_ERRBUF_SIZE];
	int status = VERB_GOOD;

	if (!source->is_live)
		status = begin_file(source);
	if (status == VERB_GOOD)
		status = find_dissector(source);
	if (status == VERB_GOOD)
		status = set_filter(source, filter);
	if (status != VERB_GOOD)
		return status;
	if (source->is_live && pcap_setnonblock(source->pcap, 1, error) != 0)
		return complain(
		    VERB_MALFORMED, "capture on %s: %s", source->name, error);
	if (options_has(options, OPTIONS_TIMEOUT))
		source->deadline_ms = reach_now_ms() + options->timeout_ms;
	catch_signals();
	return VERB_GOOD;
}

/* Until a packet may be there; false: none will come. */
static bool
wait_for_packet(const struct sniff_source *source)
{
	struct pollfd ready = {
	    .fd = pcap_get_selectable_fd(source->pcap),
	    .events = POLLIN,
	};
	struct timespec time = {0}, *limit = NULL;
	sigset_t set, before;

	if (source->deadline_ms != INT64_MAX) {
		int64_t left = source->deadline_ms - reach_now_ms();

		if (left <= 0)
			return false;
		time = (struct timespec){left / 1000, left % 1000 * 1000000};
		limit = &time;
	}
	/* A signal between the look and the wait would be slept over. */
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &before);
	if (is_stopped == 0)
		(void)ppoll(&ready, 1, limit, &before);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return is_stopped == 0;
}

enum sniff_source_result
sniff_source_next(
    struct sniff_source *source, struct sniff_source_packet *packet)
{
	struct pcap_pkthdr *header;
	const u_char *data;
	int result = 0;

	/* Also while packets come: they may come for ever. */
	if (source->deadline_ms <= reach_now_ms())
		return SNIFF_SOURCE_END;
	while (is_stopped == 0 &&
	       (result = pcap_next_ex(source->pcap, &header, &data)) == 0)
		if (!wait_for_packet(source))
			return SNIFF_SOURCE_END;
	if (is_stopped != 0 || result == PCAP_ERROR_BREAK)
		return SNIFF_SOURCE_END;
	if (result != 1) {
		complain(VERB_MALFORMED, "%s: %s", source->name,
		    pcap_geterr(source->pcap));
		return SNIFF_SOURCE_BAD;
	}
	*packet = (struct sniff_source_packet){
	    .time = header->ts,
	    .bytes = {data, header->caplen},
	    .len = header->len,
	};
	return SNIFF_SOURCE_PACKET;
}

const char *
sniff_source_interface(const struct sniff_source *source,
    const struct sniff_source_packet *packet,
    char text[SNIFF_SOURCE_INTERFACE_MAX])
{
	text[0] = '\0';
	if (!source->is_live)
		return text;
	if (strcmp(source->name, any) != 0)
		snprintf(text, SNIFF_SOURCE_INTERFACE_MAX, "%s", source->name);
	else if (source->dissect == dissect_link_cooked2 &&
	         packet->bytes.len >= 8)
		/* The index, LINKTYPE_LINUX_SLL2. */
		(void)if_indextoname(
		    bytes_get32be(packet->bytes.data + 4), text);
	return text;
}

unsigned
sniff_source_dropped(const struct sniff_source *source)
{
	struct pcap_stat stat = {0};

	if (source->is_live && pcap_stats(source->pcap, &stat) == 0)
		return stat.ps_drop;
	return 0;
}

void
sniff_source_close(struct sniff_source *source)
{
	if (source->pcap != NULL)
		pcap_close(source->pcap);
	if (source->file != NULL && source->file != stdin)
		fclose(source->file);
	source->pcap = NULL;
	source->file = NULL;
}
