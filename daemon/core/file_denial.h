/* file_denial.h — why a file or folder that the configuration names cannot be
 * had, so that who reads it knows what to change. Loader process (and -t)
 * only. */
#ifndef NETLAB_CORE_FILE_DENIAL_H
#define NETLAB_CORE_FILE_DENIAL_H

/* ERROR, the errno that PATH was refused with, in words: as strerror(3) has
 * it, and for want of a right, who wants it. Good until the next call. */
const char *file_denial_text(int error, const char *path);

#endif
