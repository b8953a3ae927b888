/*
 * dissect_ethernet_fuzz.c — a packet as it was captured, of the link type that
 * the first byte chooses: with all its layers, and as a line of the sniffer.
 */
#include "client/dissect/dissect_ethernet.h"
#include "client/dissect/dissect_link.h"
#include "client/sniff/sniff_show.h"
#include "dissect_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dissector *const links[] = {
    dissect_ethernet,
    dissect_link_cooked2,
    dissect_link_cooked,
    dissect_link_loopback,
    dissect_link_raw,
};

enum { LINK_COUNT = sizeof(links) / sizeof(links[0]) };

static void
show(struct span bytes, dissector *dissect, unsigned choice)
{
	static const unsigned widths[] = {40, 80, 132};
	struct screen screen =
	    dissect_fuzz_screen((choice & 1) != 0, widths[choice % 3]);
	struct options options = {0};
	struct sniff_source source = {.name = "", .dissect = dissect};
	struct sniff_source_packet packet = {
	    .time = {(time_t)choice << 40, (suseconds_t)choice << 16},
	    .bytes = bytes,
	    .len = bytes.len + choice % 2,
	};

	if (sniff_show(&screen, &options, &source, &packet, 1) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return -1;
	struct span bytes = {data + 1, size - 1};
	dissector *dissect = links[data[0] % LINK_COUNT];

	dissect_fuzz(bytes, dissect);
	show(bytes, dissect, data[0] / LINK_COUNT);
	return 0;
}
