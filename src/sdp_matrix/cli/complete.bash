# typer prints a word, a tab and its help per line for the text up to the cursor
_sdp() {
    local IFS=$'\n' line="${COMP_LINE:0:COMP_POINT}"
    local word="${line##*[ =]}"
    COMPREPLY=($(_SDP_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS="$line" "$1" 2>/dev/null | cut -f1))
    # bash replaces only what follows a : in the word, and typer's answers have what precedes it
    if [[ $COMP_WORDBREAKS == *:* ]]; then
        COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*:}"}"}")
    fi
}
complete -o default -F _sdp sdp
