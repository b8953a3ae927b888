/* sniff_file.h — the file that --write keeps packets in. */
#ifndef NETLAB_CLIENT_SNIFF_SNIFF_FILE_H
#define NETLAB_CLIENT_SNIFF_SNIFF_FILE_H

#include "client/sniff/sniff_source.h"

struct sniff_file {
	const char
	    *name;  /* NULL: none is wanted, and all of these do nothing */
	FILE *file; /* until libpcap has it */
	pcap_dumper_t *dumper;
	uint64_t count; /* packets in it */
};

/* Opens it, as whoever the process is now: "-" is standard output. SOURCE's own
 * file is refused. Returns VERB_GOOD, or VERB_USAGE and has complained. */
int sniff_file_open(struct sniff_file *file, const char *name,
    const struct sniff_source *source) __attribute__((warn_unused_result));

/* Writes the head, of SOURCE's link type. */
int sniff_file_begin(struct sniff_file *file, const struct sniff_source *source)
    __attribute__((warn_unused_result));

/* Writes PACKET, at once where it comes from an interface. Returns VERB_GOOD;
 * VERB_USAGE and has complained: the file is full. */
int sniff_file_keep(struct sniff_file *file, const struct sniff_source *source,
    const struct sniff_source_packet *packet)
    __attribute__((warn_unused_result));

/* Closes it. Returns as sniff_file_keep does. */
int sniff_file_close(struct sniff_file *file);

#endif
