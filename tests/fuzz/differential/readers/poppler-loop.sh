# A line "MODE<tab>FILE" comes in, what poppler makes of it goes into the file named first, and a line goes out. A shell starts programs at a
# tenth of what it costs a process of Node's size.
while IFS="$(printf '\t')" read -r mode file; do
  case "$mode" in
    pictures) timeout 20 pdftoppm -cropbox -gray -r "$2" -l "$3" "$file" > "$1" 2> /dev/null ;;
    *) timeout 20 pdftotext -raw -l "$3" "$file" - > "$1" 2> /dev/null ;;
  esac
  echo "answer $?"
done
