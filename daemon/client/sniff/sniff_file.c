/* sniff_file.c — the file that --write keeps packets in. */
#include "client/sniff/sniff_file.h"

#include "client/complain.h"
#include "client/verb.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0666 }; /* what umask leaves of it */

static int
complain_errno(const struct sniff_file *file)
{
	return complain(VERB_USAGE, "%s: %s", file->name, strerror(errno));
}

static bool
is_same_file(int fd, FILE *other)
{
	struct stat a, b;

	return other != NULL && fstat(fd, &a) == 0 &&
	       fstat(fileno(other), &b) == 0 && S_ISREG(a.st_mode) &&
	       a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* libpcap closes what it writes to, so it gets a copy. */
static int
open_stdout(struct sniff_file *file)
{
	if (isatty(STDOUT_FILENO) == 1)
		return complain(
		    VERB_USAGE, "--write -: standard output is a terminal");
	int fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);

	file->file = fd == -1 ? NULL : fdopen(fd, "wb");
	return file->file != NULL ? VERB_GOOD : complain_errno(file);
}

int
sniff_file_open(struct sniff_file *file, const char *name,
    const struct sniff_source *source)
{
	*file = (struct sniff_file){.name = name};
	if (name == NULL)
		return VERB_GOOD;
	if (strcmp(name, "-") == 0)
		return open_stdout(file);
	int fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC, FILE_MODE);

	if (fd == -1)
		return complain_errno(file);
	if (is_same_file(fd, source->file)) {
		close(fd);
		return complain(
		    VERB_USAGE, "%s: is the file that is read", name);
	}
	/* Not of pipes and devices. */
	if (ftruncate(fd, 0) != 0 && errno != EINVAL) {
		complain_errno(file);
		close(fd);
		return VERB_USAGE;
	}
	file->file = fdopen(fd, "wb");
	if (file->file != NULL)
		return VERB_GOOD;
	complain_errno(file);
	close(fd);
	return VERB_USAGE;
}

int
sniff_file_begin(struct sniff_file *file, const struct sniff_source *source)
{
	if (file->name == NULL)
		return VERB_GOOD;
	file->dumper = pcap_dump_fopen(source->pcap, file->file);
	if (file->dumper == NULL)
		return complain(VERB_USAGE, "%s: %s", file->name,
		    pcap_geterr(source->pcap));
	file->file = NULL;
	/* Whoever reads on needs the head now. */
	return pcap_dump_flush(file->dumper) == 0 ? VERB_GOOD
	                                          : complain_errno(file);
}

int
sniff_file_keep(struct sniff_file *file, const struct sniff_source *source,
    const struct sniff_source_packet *packet)
{
	if (file->name == NULL)
		return VERB_GOOD;
	struct pcap_pkthdr header = {
	    .ts = packet->time,
	    .caplen = (bpf_u_int32)packet->bytes.len,
	    .len = (bpf_u_int32)packet->len,
	};

	pcap_dump((u_char *)file->dumper, &header, packet->bytes.data);
	file->count++;
	if (source->is_live)
		pcap_dump_flush(file->dumper);
	return ferror(pcap_dump_file(file->dumper)) != 0 ? complain_errno(file)
	                                                 : VERB_GOOD;
}

int
sniff_file_close(struct sniff_file *file)
{
	int status = VERB_GOOD;

	if (file->dumper != NULL) {
		if (pcap_dump_flush(file->dumper) != 0)
			status = complain_errno(file);
		pcap_dump_close(file->dumper);
	}
	if (file->file != NULL)
		fclose(file->file);
	file->dumper = NULL;
	file->file = NULL;
	return status;
}
