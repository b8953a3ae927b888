/* sniff_source.h — where packets come from: an interface or a file, by
 * libpcap. */
#ifndef NETLAB_CLIENT_SNIFF_SNIFF_SOURCE_H
#define NETLAB_CLIENT_SNIFF_SNIFF_SOURCE_H

#include "client/dissect/dissect.h"
#include "client/options.h"

#include <pcap/pcap.h>
#include <stdio.h>

enum { SNIFF_SOURCE_INTERFACE_MAX = 64 };

struct sniff_source {
	pcap_t *pcap; /* NULL: not open */
	FILE *file;   /* of a file, until pcap has it; else NULL */
	const char *name;
	bool is_live;
	dissector *dissect; /* of its link type; set by sniff_source_begin */
	int64_t deadline_ms;
};

struct sniff_source_packet {
	struct timeval time;
	struct span bytes; /* borrowed until the next one */
	size_t len;        /* on the wire */
};

enum sniff_source_result {
	SNIFF_SOURCE_PACKET,
	SNIFF_SOURCE_END, /* of the file, by a signal, or by the deadline */
	SNIFF_SOURCE_BAD, /* has complained */
};

/* Opens it: what needs rights. Returns VERB_GOOD; or another and has
 * complained: no right, no such interface, no such file. */
int sniff_source_open(struct sniff_source *source,
    const struct options *options) __attribute__((warn_unused_result));

/* Looks at the file's head and the link type, and sets FILTER, "": all packets.
 * From here on SIGINT and SIGTERM end the packets. Returns VERB_GOOD, or
 * another and has complained. */
int sniff_source_begin(struct sniff_source *source,
    const struct options *options, const char *filter)
    __attribute__((warn_unused_result));

/* Waits for the next one. */
enum sniff_source_result sniff_source_next(
    struct sniff_source *source, struct sniff_source_packet *packet);

/* Writes the name of the interface that PACKET came by to TEXT; "": it is not
 * known. Returns TEXT. */
const char *sniff_source_interface(const struct sniff_source *source,
    const struct sniff_source_packet *packet,
    char text[SNIFF_SOURCE_INTERFACE_MAX]);

/* Packets that the kernel had no room for; 0 of a file. */
unsigned sniff_source_dropped(const struct sniff_source *source);

void sniff_source_close(struct sniff_source *source);

#endif
