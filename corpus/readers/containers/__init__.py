"""Which files does an archive of files hold? Zip, tar and WACZ, read in place."""
